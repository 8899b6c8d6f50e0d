import { ensureCommand } from '@opencore/servers'
import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opencore, root } from '../e2e/opencore.ts'
import type { Shell } from './print-script.ts'

// The shells themselves, with the command line as `npm ci` puts it on the PATH.

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-completion-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

async function writeScript(shell: Shell, name: string): Promise<string> {
  const { stdout } = await opencore(['completion', shell])
  await writeFile(join(scratch, name), stdout)
  return join(scratch, name)
}

async function run(shell: Shell, args: readonly string[], input = ''): Promise<string[]> {
  const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`
  const { stdout } = await execa(shell, args, {
    cwd: root,
    env: { PATH, TERM: 'dumb', HOME: scratch },
    input,
  })
  return stdout.split(/\r?\n/).filter((line) => line !== '')
}

/** What each shell offers for a line, without descriptions. */
const asks: Readonly<Record<Shell, (line: string) => Promise<string[]>>> = {
  // As readline does it: by the function that `complete` was told.
  bash: async (line) => {
    const file = await writeScript('bash', 'opencore.bash')
    const ask = `source "$1"; COMP_LINE=$2 COMP_POINT=\${#2}; [[ $(complete -p opencore) == *_opencore* ]] && _opencore
      printf '%s\\n' "\${COMPREPLY[@]}"`
    return run('bash', ['--norc', '-c', ask, 'bash', file, line])
  },
  // Through a terminal, since zsh completes nowhere else; a key of ours shows the line as it is after a tabulator.
  zsh: async (line) => {
    await writeScript('zsh', '_opencore')
    const start = `fpath=($ZDOTDIR $fpath)
      autoload -Uz compinit
      compinit -u -d $ZDOTDIR/dump
      show() { print -r -- "<$BUFFER>" }
      zle -N show
      bindkey '^X' show
      print READY`
    await writeFile(join(scratch, '.zshrc'), start)
    const ask = `zmodload zsh/zpty
      zpty shell ZDOTDIR=\${(q)1} COLUMNS=200 zsh -d -i
      zpty -r shell out '*READY*'
      zpty -w -n shell "$2"$'\\t\\x18'
      zpty -r shell out '*<opencore*>*'
      print -r -- "$out"`
    return run('zsh', ['-f', '-c', ask, 'zsh', scratch, line])
  },
  fish: async (line) => {
    const file = await writeScript('fish', 'opencore.fish')
    const lines = await run('fish', [
      '--no-config',
      '-c',
      'source $argv[1]; complete -C $argv[2]',
      file,
      line,
    ])
    return lines.map((one) => one.split('\t')[0] ?? '')
  },
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  it.for([
    ['a command', 'opencore prom', ['promote']],
    ['a flag', 'opencore promote --dr', ['--dry-run']],
    ['an environment', 'opencore promote stag', ['staging']],
    ['a release of it', 'opencore promote staging account', ['accounts']],
    ['a release and its environment', 'opencore explain dev/car', ['dev/cards']],
    ['what a flag takes', 'opencore status -o js', ['json']],
  ] as const)('completes %s', async ([, line, wanted], { skip }) => {
    const lack = await ensureCommand({ command: shell, package: shell })
    if (lack !== undefined) skip(lack)
    const offered = await asks[shell](line)
    for (const value of wanted) expect(offered.join('\n')).toContain(value)
  })
})
