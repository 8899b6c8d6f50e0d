import type { Drill, Restored, Scene } from '../drill.ts'
import { findOverlaps, longestGap } from '../record/judge-log.ts'
import { judgeRestore } from '../record/judge-restore.ts'
import { joinLogs, readLog, type Log } from '../record/read-log.ts'
import { MAKE_TABLE, READ_TABLE, writeRows } from '../record/write-rows.ts'
import type { Stage } from '../stage/open-stage.ts'
import { waitUntil } from '../wait-until.ts'
import type { DrillReport, Mark, RestoreReport } from '../report/drill-report.ts'

/** Acknowledged rows that show that writes go on. */
const ROWS = 20
const PATIENCE_MS = 300_000
/** What was under way when somebody asked may still be acknowledged. */
const SETTLED_MS = 3000
/** Who writes from another node than the primary's, and from that one. */
const AWAY = 'writer'
const BESIDE = 'neighbour'

/**
 * Write row after row, do what is to be done, and look for every acknowledged row once all is well and writes go on. Throws
 * when writes do not go on, or nobody can look.
 */
export async function runDrill(stage: Stage, drill: Drill): Promise<DrillReport> {
  await stage.awaitHealthy()
  const pod = await stage.readPrimary()
  const node = await stage.readNode(pod)
  if (!(await asOwner(stage, MAKE_TABLE)).endsWith('1')) throw new Error('no table could be made')
  const writers = drill.besidePrimary ? [AWAY, BESIDE] : [AWAY]
  await stage.startClient({ name: AWAY, service: 'ledger', script: writeRows(AWAY), avoid: node })
  if (drill.besidePrimary)
    await stage.startClient({ name: BESIDE, service: 'ledger', script: writeRows(BESIDE), only: node })
  for (const writer of writers) await awaitRows(stage, writer, 0)

  const marks: Mark[] = []
  let restored: Restored | undefined
  const began = Date.now()
  const scene: Scene = {
    stage,
    primary: { pod, node },
    mark: (what) => {
      marks.push({ at: Date.now(), what })
    },
    writesGoOn: () => awaitRows(stage, AWAY, Date.now() + SETTLED_MS),
    judge: (given) => {
      restored = given
    },
  }
  await drill.run(scene)
  await scene.writesGoOn()
  await stage.awaitHealthy()
  const recovered = Date.now() - began
  scene.mark('all well')

  const log = joinLogs(await Promise.all(writers.map((writer) => readWriter(stage, writer))))
  for (const writer of writers) await stage.endPod(writer)
  const rows = (await asOwner(stage, READ_TABLE)).split('\n').filter((row) => row !== '')
  const after = await stage.readPrimary()
  return {
    drill: drill.name,
    began,
    marks,
    primary: { before: pod, after },
    recovered,
    ...judge(log, new Set(rows)),
    restored: restored && describeRestored(log, restored),
  }
}

function describeRestored(
  { acknowledged }: Log,
  { lost, asked, answered, rows, ...until }: Restored,
): RestoreReport {
  const verdict = judgeRestore(acknowledged, rows, until)
  const rpo = lost === undefined ? undefined : lost - Math.min(lost, verdict.newest ?? 0)
  return { ...verdict, rto: answered - asked, rpo }
}

/** What clients were told, against what is there. */
function judge({ acknowledged, answers }: Log, there: ReadonlySet<string>) {
  const lost = acknowledged.map(({ row }) => row).filter((row) => !there.has(row))
  const found = acknowledged.length - lost.length
  const all = joinLogs([{ acknowledged: [], answers: [...answers, ...acknowledged] }]).answers
  return {
    rto: longestGap(acknowledged),
    acknowledged,
    answers,
    found,
    lost,
    unacknowledged: there.size - found,
    overlaps: findOverlaps(all),
  }
}

const readWriter = async (stage: Stage, writer: string): Promise<Log> =>
  readLog(writer, await stage.inNamespace(['logs', writer, '--timestamps']))

async function awaitRows(stage: Stage, writer: string, after: number): Promise<void> {
  const isEnough = async () => {
    const { acknowledged } = await readWriter(stage, writer)
    return acknowledged.filter(({ at }) => at > after).length >= ROWS
  }
  await waitUntil(`rows of ${writer} were acknowledged`, isEnough, PATIENCE_MS)
}

/** Ask as the service that owns the database, in a pod of its own: one of before may be gone with its node. */
async function asOwner(stage: Stage, statement: string): Promise<string> {
  await stage.startClient({ name: 'asker', service: 'ledger' })
  const answers = async () => (await stage.sql('asker', 'select 1')) === '1'
  await waitUntil('the database answered its owner', answers, PATIENCE_MS)
  const answer = await stage.sql('asker', statement)
  await stage.endPod('asker')
  return answer
}
