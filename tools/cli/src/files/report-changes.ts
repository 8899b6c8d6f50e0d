import type { Finding } from '@opencore/contract'
import type { FileChange } from './compare-files.ts'
import type { WriteOutcome } from './write-files.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Terminal } from '../output/terminal.ts'

const marks = { added: '+', changed: '~', removed: '-' } as const

/** Say what a write did, one line a file. */
export function reportChanges(terminal: Terminal, { repaired, changes }: WriteOutcome): void {
  if (repaired > 0) terminal.note(`finished an interrupted write of ${countFiles(repaired)} first`)
  for (const { kind, path } of changes) terminal.data(`${marks[kind]} ${path}`)
  terminal.note(changes.length === 0 ? 'nothing to change' : `${countFiles(changes.length)} written`)
}

const countFiles = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`

const states = {
  added: 'is missing',
  changed: 'is not what its sources say',
  removed: 'has no source any more',
} as const

/** Every stale file as a finding. `command` is what would write them. */
export function describeStale(changes: readonly FileChange[], command: string): Finding[] {
  return changes.map(({ kind, path }) => ({
    code: 'STALE',
    severity: 'error',
    at: { file: path },
    found: `the generated file ${states[kind]}`,
    wanted: 'generated files that agree with their sources',
    next: `run: ${command}`,
  }))
}

/** With `--check`: refuse when anything is stale; nothing is written. */
export function refuseStale(changes: readonly FileChange[], command: string): void {
  if (changes.length > 0) throw new Refusal(describeStale(changes, command), exitCode.findings)
}
