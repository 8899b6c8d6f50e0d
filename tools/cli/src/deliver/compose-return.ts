import type { DeliveredEnvironment, DeliveredRelease } from '@opencore/delivery'
import { CODE_OWNERS_FILE } from '@opencore/plan'
import type { Head } from './look-head.ts'

interface Return {
  environment: string
  /** The one that goes back; all where there is none. */
  release: string | undefined
  /** The commit whose state comes back. */
  target: string
  there: DeliveredEnvironment
  then: DeliveredEnvironment
  /** Releases as they were then. */
  back: readonly DeliveredRelease[]
  head: Head
}

/** The commit that goes back: files, what goes, and its message. On top of a refused head nothing of that stays. */
export function composeReturn({ environment, release, target, there, then, back, head }: Return) {
  const isAnew = head.refused !== undefined
  const title = `rollback ${environment}${release === undefined ? '' : ` ${release}`}: as of ${target.slice(0, 12)}`
  const going = release === undefined ? there.releases : back
  return {
    message: [title, '', `As-Of: ${target}`, ...head.trailers, ''].join('\n'),
    files: [
      ...back.flatMap(({ files }) => files),
      ...(isAnew && then.owners !== undefined ? [{ path: CODE_OWNERS_FILE, text: then.owners }] : []),
    ],
    removed: [...going.map(({ name }) => name), ...there.strangers, ...(isAnew ? [CODE_OWNERS_FILE] : [])],
    evenSame: isAnew,
  }
}
