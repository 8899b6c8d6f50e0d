import { readStatus, type PlatformStatus } from '@opencore/cluster'
import { exitCode, Refusal } from '../output/refusal.ts'

/** The status of an embedded platform whose supervisor runs. Refuses where there is none, or where it was killed. */
export async function requirePlatform(
  folder: string,
): Promise<Extract<PlatformStatus, { supervisor: unknown }>> {
  const status = await readStatus(folder)
  if (status.phase === 'absent') throw notRunning('no platform runs here')
  if (status.phase === 'crashed')
    throw notRunning(`the platform's supervisor was killed; ${status.processes} of its processes still run`)
  return status
}

/** The refusal of what needs a running platform. */
export const notRunning = (found: string, next = 'run: opencore up') =>
  new Refusal(
    [
      {
        code: 'PLATFORM_NOT_RUNNING',
        severity: 'error',
        at: { file: '.opencore/platform' },
        found,
        wanted: 'a running platform',
        next,
      },
    ],
    exitCode.findings,
  )
