import { isPaused, type Application } from './application.ts'
import { findUnpromoted } from './find-unpromoted.ts'

/** What `up` waits for: an Application, and the commit that must have reached it. */
export interface ExpectedApplication {
  name: string
  /** Of the ref that it follows; without it any revision is right. */
  commit?: string
}

/** Why an expected Application is not there yet, as a few words; nothing when it is Synced and Healthy. */
export function findLack(
  expected: ExpectedApplication,
  application: Application | undefined,
): string | undefined {
  if (application === undefined) return 'not created yet'
  const { sync, health, operationState } = application.status ?? {}
  const command = findUnpromoted(application)
  if (command !== undefined) return `nobody has promoted it yet: ${command}`
  if (expected.commit !== undefined && sync?.revision !== expected.commit)
    return 'the new commit is not seen yet'
  if (operationState?.phase === 'Running') return 'syncing'
  if (sync?.status !== 'Synced') {
    const said = sync?.status ?? 'not compared yet'
    return isPaused(application) ? `${said}, and a person paused its automatic sync` : said
  }
  return health?.status === 'Healthy' ? undefined : (health?.status ?? 'no health yet')
}
