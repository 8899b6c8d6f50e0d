import { readFile, rm, writeFile } from 'node:fs/promises'
import { $, path } from 'zx'
import { countReleases, serviceName, wide } from './bank-tree.ts'
import type { Measured } from './measure.ts'
import { openBank } from './open-bank.ts'

/** What delivery takes in one large environment. */
export interface DeliveryRun {
  releases: number
  /** Everything, to a ref that is not there yet. */
  promoteAll: Measured
  /** One release of which a value changed, against what is on the ref; and its promotion, which verifies the whole. */
  diffOne: Measured
  promoteOne: Measured
  /** A change of the chart that every service feels, as a pull request sees it: both sides are rendered, and nothing is known. */
  diffChart: Measured
}

const ENVIRONMENT = 'dev'
const TEMPLATE = 'charts/service/templates/_deployment.tpl'

/** Write a bank of which one environment is large below `scratch`, and deliver there. */
export async function measureDelivery(root: string, scratch: string): Promise<DeliveryRun> {
  const { folder, cache, opencore, commit, override } = await openBank(root, scratch, wide)
  await commit()
  const promoteAll = await opencore('promote', ENVIRONMENT)
  await override(ENVIRONMENT, 1)
  await opencore('generate')
  await commit()
  const diffOne = await opencore('diff', ENVIRONMENT)
  const promoteOne = await opencore('promote', ENVIRONMENT, serviceName(0), '--dry-run')
  await changeChart(folder)
  await commit()
  await rm(path.join(cache, 'rendered'), { recursive: true })
  const diffChart = await opencore('diff', ENVIRONMENT, '--sources', 'main..feature')
  await opencore('down')
  const releases = await countReleases(folder, ENVIRONMENT)
  return { releases, promoteAll, diffOne, promoteOne, diffChart }
}

/** A branch on which every Deployment of a service is another. */
async function changeChart(folder: string): Promise<void> {
  const file = path.join(folder, TEMPLATE)
  const text = await readFile(file, 'utf8')
  const changed = text.replace('{{ add 300 ', '{{ add 301 ')
  if (changed === text) throw new Error(`nothing changed in ${TEMPLATE}`)
  await $({ cwd: folder, quiet: true })`git switch --quiet --create feature`
  await writeFile(file, changed)
}
