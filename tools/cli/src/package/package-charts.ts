import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildPackages, type PackageRequest } from './build-packages.ts'
import { describeUmbrella } from './describe-umbrella.ts'
import { indexRepository } from './index-repository.ts'
import { printReadme } from './print-readme.ts'

/** Build a chart repository from nothing; the folder at `destination` is replaced as a whole. */
export async function packageCharts(destination: string, request: PackageRequest): Promise<void> {
  const { root, helm, epoch } = request
  const charts = request.charts.filter(({ type }) => type === 'application')
  const fresh = `${destination}.new`
  await rm(fresh, { recursive: true, force: true })
  await buildPackages(fresh, request)
  await indexRepository(fresh, helm, epoch)
  for (const chart of charts.filter(({ components }) => components.length > 0))
    await describeUmbrella(fresh, root, chart, charts)
  await writeFile(join(fresh, 'README.md'), printReadme(charts))
  await rm(destination, { recursive: true, force: true })
  await rename(fresh, destination)
}
