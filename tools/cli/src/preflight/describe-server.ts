import { kubectl } from './commands.ts'
import type { Reached } from './reach-server.ts'
import { missing, ok, wrong, type Row } from './row.ts'

/** The API server's row. Without a version that is wanted any is right. */
export function describeServer(context: string, reached: Reached, wanted?: string): Row {
  const subject = {
    what: 'API server',
    wanted:
      wanted === undefined
        ? 'an answer'
        : `${minorOf(wanted)}, for which charts are rendered and types are made`,
    next: kubectl(context, 'version'),
  }
  if ('found' in reached) return missing(subject, reached.found)
  return wanted === undefined || minorOf(reached.version) === minorOf(wanted)
    ? ok(subject, reached.version)
    : wrong(subject, reached.version)
}

const minorOf = (version: string) => version.replace(/^v/, '').split('.').slice(0, 2).join('.')
