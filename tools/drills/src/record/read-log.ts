/** A row whose commit was acknowledged, by whom and when. */
export interface Acknowledged {
  /** `<writer>|<row>`, as psql prints it. */
  row: string
  /** The address of the server that took it. */
  server: string
  /** Milliseconds since 1970. */
  at: number
}

/** That a server answered as a primary. */
export type Answer = Pick<Acknowledged, 'server' | 'at'>

/** What a client's log says. */
export interface Log {
  acknowledged: Acknowledged[]
  answers: Answer[]
}

/** What `writeRows` printed, from a pod's log with times. A line that is not whole yet is left out. */
export function readLog(writer: string, text: string): Log {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1)
  const written = [...lines.matchAll(/^(\S+) written (\d+) (\S+)$/gm)]
  const primary = [...lines.matchAll(/^(\S+) primary (\S+)$/gm)]
  return {
    acknowledged: written.map(([, time = '', row = '', server = '']) => ({
      row: `${writer}|${row}`,
      server,
      at: Date.parse(time),
    })),
    answers: primary.map(([, time = '', server = '']) => ({ server, at: Date.parse(time) })),
  }
}

/** What several clients' logs say, in the order of time. */
export function joinLogs(logs: readonly Log[]): Log {
  const byTime = (one: Answer, other: Answer) => one.at - other.at
  return {
    acknowledged: logs.flatMap(({ acknowledged }) => acknowledged).sort(byTime),
    answers: logs.flatMap(({ answers }) => answers).sort(byTime),
  }
}
