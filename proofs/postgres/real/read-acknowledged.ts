/** A row whose commit was acknowledged, and when. */
export interface Acknowledged {
  row: number
  /** Milliseconds since 1970. */
  at: number
}

/**
 * A script that writes row after row, each on a connection of its own, and prints `written <row>` once the server said that
 * it is committed. A row that was not acknowledged is not tried again, since nobody knows whether it is there.
 */
export const WRITE_ROWS = [
  'row=0',
  'while :; do',
  '  row=$((row+1))',
  '  psql -qAt -c "insert into written (row) values ($row)" 2>/dev/null && echo "written $row"',
  'done',
].join('\n')

/** What such a script printed, from a pod's log with times. */
export function readAcknowledged(log: string): Acknowledged[] {
  return [...log.matchAll(/^(\S+) written (\d+)$/gm)].map(([, time = '', row = '']) => ({
    row: Number(row),
    at: Date.parse(time),
  }))
}

/** The longest time in which nothing was acknowledged, in milliseconds. */
export function longestGap(acknowledged: readonly Acknowledged[]): number {
  return Math.max(0, ...acknowledged.slice(1).map(({ at }, index) => at - (acknowledged[index]?.at ?? at)))
}
