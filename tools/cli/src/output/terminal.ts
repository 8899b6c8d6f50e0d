import pc from 'picocolors'

/** How a command talks: data on stdout, everything else on stderr. */
export interface Terminal {
  /** Data a script may read. */
  data: (text: string) => void
  /** Diagnostics and results for people. */
  note: (text: string) => void
  colors: ReturnType<typeof pc.createColors>
  /** True when stderr is a terminal that progress can be drawn on. */
  interactive: boolean
}

/** Colours follow `--no-color`, `NO_COLOR`, `TERM=dumb` and whether stderr is a terminal (https://no-color.org). */
export function openTerminal({ color }: { color: boolean }): Terminal {
  const dumb = process.env['TERM'] === 'dumb'
  const interactive = process.stderr.isTTY && !dumb
  const wanted =
    color && !process.env['NO_COLOR'] && !dumb && (interactive || process.env['FORCE_COLOR'] === '1')
  return {
    data: (text) => void process.stdout.write(endLine(text)),
    note: (text) => void process.stderr.write(endLine(text)),
    colors: pc.createColors(wanted),
    interactive,
  }
}

const endLine = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
