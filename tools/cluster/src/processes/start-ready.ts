import type { ProcessSpec } from './process-spec.ts'
import type { ProcessPlace, StartedProcess } from './start-process.ts'
import { startProcess } from './start-process.ts'
import { waitReady } from './wait-ready.ts'

/** Start a process and wait until it serves; throws a FindingsError with the end of its log when it ends before. */
export async function startReady(spec: ProcessSpec, place: ProcessPlace): Promise<StartedProcess> {
  const started = await startProcess(spec, place)
  let end: string | undefined
  void started.ended.then((how) => {
    end = how
  })
  await waitReady(started, () => end)
  return started
}
