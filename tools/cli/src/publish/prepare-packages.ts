import { readFile } from 'node:fs/promises'
import { readCharts } from '@opencore/charts'
import type { Report } from '@opencore/toolchain'
import { join } from 'node:path'
import { compareFiles } from '../files/compare-files.ts'
import { refuseStale } from '../files/report-changes.ts'
import { buildPackages } from '../package/build-packages.ts'
import { digestPackage } from '../package/digest-package.ts'
import { planLock } from '../package/plan-lock.ts'
import { readChartImages } from './chart-images.ts'
import type { ChartPackage } from './chart-package.ts'
import { printBill } from './print-bill.ts'
import type { SigningKey } from './read-key.ts'
import { signPackages } from './sign-packages.ts'

export interface PackagesRequest {
  /** Absolute path of the checkout. */
  root: string
  /** Absolute path of an empty folder. */
  scratch: string
  /** Absolute paths of helm, and of what signs as helm does. */
  helm: string
  publisher: string
  key: SigningKey
  /** The file that the key is from, for messages. */
  keyFile: string | undefined
  /** Seconds since 1970. */
  epoch: number
}

/** Package, sign and list what is in every chart. Refuses (STALE) where charts.lock, which was reviewed, says something else. */
export async function preparePackages(request: PackagesRequest, report: Report): Promise<ChartPackage[]> {
  const { root, scratch, helm, publisher, epoch } = request
  const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
  await buildPackages(scratch, { root, charts, helm, epoch })
  const lock = await planLock(charts, scratch)
  refuseStale(compareFiles(root, [lock], [lock.path]), 'opencore package')
  const archives = charts.map(({ name, version }) => join(scratch, `${name}-${version}.tgz`))
  const { by, fingerprint, provenance } = await signPackages(
    archives,
    request.key,
    request.keyFile,
    publisher,
  )
  report(`signed by ${by}, ${fingerprint}`)
  const images = await readChartImages(root, charts, report)
  return Promise.all(
    charts.map(async (chart, index): Promise<ChartPackage> => {
      const archive = archives[index] ?? ''
      return {
        chart,
        archive,
        content: digestPackage(await readFile(archive)),
        provenance: provenance[archive] ?? '',
        bill: printBill(chart, images.get(chart.name) ?? [], epoch),
      }
    }),
  )
}
