import type { Acknowledged, Answer } from './read-log.ts'

/** The longest time in which nothing was acknowledged, in milliseconds. */
export function longestGap(acknowledged: readonly Pick<Acknowledged, 'at'>[]): number {
  return Math.max(0, ...acknowledged.slice(1).map(({ at }, index) => at - (acknowledged[index]?.at ?? at)))
}

/** For how long two servers answered as primaries: which, and the milliseconds from the newer one's first answer to the older one's last. */
export interface Overlap {
  older: string
  newer: string
  milliseconds: number
}

/**
 * Servers that answered as primaries at the same time. A server that was the primary again later is none of them: that
 * somebody else was meanwhile, and it itself was not, is what a way there and back looks like.
 * @param answers in the order of time
 */
export function findOverlaps(answers: readonly Answer[]): Overlap[] {
  const overlaps: Overlap[] = []
  let current: string | undefined
  answers.forEach(({ server, at }, index) => {
    if (server === current) return
    const older = current
    current = server
    if (older === undefined) return
    // Until the newer one is heard of last: what comes later is a way back.
    const rest = answers.slice(index)
    const end = rest.findLastIndex((answer) => answer.server === server)
    const late = rest.slice(0, end).findLast((answer) => answer.server === older)
    if (late) overlaps.push({ older, newer: server, milliseconds: late.at - at })
  })
  return overlaps
}
