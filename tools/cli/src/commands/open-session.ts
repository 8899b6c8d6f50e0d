import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { openTerminal, type Terminal } from '../output/terminal.ts'
import { findWorkspace } from '../workspace/find-workspace.ts'

/** What every command starts from. */
export interface Session {
  terminal: Terminal
  /** Absolute path of the checkout. */
  root: string
}

/** The terminal as the global options want it, and the checkout around the current folder. */
export function openSession(command: CommandUnknownOpts): Session {
  const { color } = command.optsWithGlobals() as { color?: boolean }
  return { terminal: openTerminal({ color: color !== false }), root: findWorkspace(process.cwd()) }
}
