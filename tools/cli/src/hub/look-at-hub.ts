import { exitCode } from '../output/refusal.ts'
import type { Terminal } from '../output/terminal.ts'
import { formatPreflight } from '../preflight/format-preflight.ts'
import { isLacking } from '../preflight/lacks.ts'
import { preflight } from '../preflight/preflight.ts'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { refuseSeveralHubs } from './one-hub.ts'

export interface Look {
  /** Absolute path of the checkout. */
  root: string
  terminal: Terminal
  context: string
  /** Of environments; all where none is named. */
  names: readonly string[] | undefined
  output: 'table' | 'json'
}

/** Say what a hub and the clusters of its environments lack; the exit code is 1 where it is something. */
export async function lookAtHub({ root, terminal, context, names, output }: Look): Promise<void> {
  const platform = await loadPlatform(root)
  const nameOf = ({ definition }: (typeof platform.environments)[number]) => definition.name
  const environments = findNamed(platform.environments, names, nameOf, 'environment', '--environment')
  refuseSeveralHubs(environments)
  const rows = await preflight({ root, platform, environments, context }, (line) => {
    terminal.note(line)
  })
  terminal.data(output === 'json' ? JSON.stringify(rows, null, 2) : formatPreflight(rows))
  if (rows.some(isLacking)) process.exitCode = exitCode.findings
}
