import { vi } from 'vitest'
import { longestGap, readAcknowledged, WRITE_ROWS } from './read-acknowledged.ts'
import { NAMESPACE, type Stage } from './stage.ts'

/** What is done to a database, given its primary's pod and the node of that. */
export type Fault = (stage: Stage, primary: { pod: string; node: string }) => Promise<void>

/** What a drill found. Times are in milliseconds. */
export interface DrillReport {
  primary: { before: string; after: string }
  /** The longest time in which no write was acknowledged. */
  gap: number
  /** From the fault until all instances were ready again. */
  recovered: number
  acknowledged: number
  /** Rows that were acknowledged and are not there. */
  lost: number[]
}

const ROWS = 50
const patience = { timeout: 300_000, interval: 500 }
/** What was under way when the fault came may still be acknowledged after it. */
const SETTLED_MS = 3000

/**
 * Write row after row, do what is to be done, and look for every acknowledged row once all is well and writes go on. Throws
 * when writes do not go on, or nobody can look.
 */
export async function runDrill(stage: Stage, fault: Fault): Promise<DrillReport> {
  const { kubectl, readCluster } = stage
  const pod = await primaryOf(stage)
  const path = 'jsonpath={.spec.nodeName}'
  const node = await kubectl(['-n', NAMESPACE, 'get', 'pod', pod, '-o', path])
  const made = 'drop table if exists written; create table written (row int primary key); select 1'
  if (!(await asOwner(stage, made)).endsWith('1')) throw new Error('no table could be made')
  await stage.startClient({ name: 'writer', service: 'ledger', script: WRITE_ROWS, avoid: node })
  const read = async () =>
    readAcknowledged(await kubectl(['-n', NAMESPACE, 'logs', 'writer', '--timestamps']))
  await awaitRows(read, 0)
  const began = Date.now()
  await fault(stage, { pod, node })
  await awaitRows(read, began + SETTLED_MS)
  await stage.awaitHealthy()
  const recovered = Date.now() - began
  const rows = await read()
  await kubectl(['-n', NAMESPACE, 'delete', 'pod', 'writer', '--force', '--grace-period=0'])
  const there = new Set((await asOwner(stage, 'select row from written')).split('\n').map(Number))
  return {
    primary: { before: pod, after: (await readCluster()).status?.currentPrimary ?? '' },
    gap: longestGap(rows),
    recovered,
    acknowledged: rows.length,
    lost: rows.map(({ row }) => row).filter((row) => !there.has(row)),
  }
}

/** Ask as the service that owns the database, in a pod of its own: one of before may be gone with its node. */
async function asOwner(stage: Stage, statement: string): Promise<string> {
  await stage.startClient({ name: 'asker', service: 'ledger' })
  await vi.waitFor(async () => {
    if ((await stage.sql('asker', 'select 1')) !== '1') throw new Error('the database does not answer')
  }, patience)
  const answer = await stage.sql('asker', statement)
  await stage.kubectl(['-n', NAMESPACE, 'delete', 'pod', 'asker', '--force', '--grace-period=0'])
  return answer
}

async function primaryOf({ readCluster }: Stage): Promise<string> {
  const { status } = await readCluster()
  if (status?.currentPrimary === undefined) throw new Error('the database has no primary')
  return status.currentPrimary
}

async function awaitRows(read: () => Promise<{ at: number }[]>, after: number): Promise<void> {
  await vi.waitFor(async () => {
    const { length } = (await read()).filter(({ at }) => at > after)
    if (length < ROWS) throw new Error('rows are not acknowledged any more')
  }, patience)
}

/** A report as one line for a person. */
export function describeDrill(name: string, { primary, gap, recovered, acknowledged, lost }: DrillReport) {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`
  const who =
    primary.before === primary.after ? `${primary.before} stays` : `${primary.before} to ${primary.after}`
  return `${name}: ${who}, longest gap ${seconds(gap)}, all well after ${seconds(recovered)}, ${acknowledged} rows acknowledged, ${lost.length} lost`
}
