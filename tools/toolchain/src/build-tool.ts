import { execa } from 'execa'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { pid } from 'node:process'
import { describeDuration } from './describe-duration.ts'
import { explainGoFailure } from './explain-go-failure.ts'
import { goBuildFolders } from './go-build-cache.ts'
import { goEnvironment } from './go-command.ts'
import type { ToolModule } from './list-tool-modules.ts'
import { describeModule } from './list-tool-modules.ts'
import { patchModules } from './patch-modules.ts'
import type { Report } from './report.ts'
import { binaryFile } from './tool-key.ts'
import { FindingsError } from '@opencore/contract/findings'
import { workspaceRoot } from './workspace-root.ts'

const HEARTBEAT_MILLISECONDS = 30_000

/**
 * Build all binaries of one module into `target`, which appears complete or not at all. What the go command has
 * compiled stays in the build cache when it is interrupted, so the next try resumes. The caller holds the module's lock.
 * Throws a FindingsError with go's last lines when the build fails, or git's when a patch does not fit.
 */
export async function buildTool(
  module: ToolModule,
  target: string,
  label: string,
  report: Report,
): Promise<void> {
  const parent = path.dirname(target)
  const partial = path.join(parent, `.${module.name}.partial-${String(pid)}`)
  const modules = `${partial}-modules`
  removeLeftovers(parent, module.name)
  mkdirSync(partial, { recursive: true })
  const started = Date.now()
  const elapsed = () => describeDuration(Date.now() - started)
  const heartbeat = setInterval(() => {
    report(`${label}: ${elapsed()} so far`)
  }, HEARTBEAT_MILLISECONDS)
  try {
    await runGoBuild(module, partial, await patchModules(module, modules))
    linkNames(module, partial)
    if (!existsSync(target)) renameSync(partial, target)
    report(`built ${describeModule(module)} in ${elapsed()}`)
  } finally {
    clearInterval(heartbeat)
    for (const folder of [partial, modules]) rmSync(folder, { recursive: true, force: true })
  }
}

async function runGoBuild(module: ToolModule, folder: string, more: readonly string[]): Promise<void> {
  const tags = (module.notes.tags ?? []).join(',')
  const flags = ['-trimpath', '-buildvcs=false', '-tags', tags, '-ldflags', linkerFlags(module), ...more]
  const names = Object.entries(module.binaries)
  // A folder as output keeps go's own names, a file renames: one binary is renamed, several keep their names.
  const [only] = names.length === 1 ? names : []
  const output = only ? path.join(folder, binaryFile(only[1])) : folder + path.sep
  const { cache, temporary } = goBuildFolders()
  mkdirSync(temporary, { recursive: true })
  const { failed, stderr } = await execa(
    'go',
    ['build', ...flags, '-o', output, ...Object.keys(module.binaries)],
    {
      cwd: module.folder,
      env: { ...goEnvironment, GOCACHE: cache, GOTMPDIR: temporary },
      reject: false,
      stdin: 'ignore',
    },
  )
  if (!failed) return
  const file = path.join(path.relative(workspaceRoot(), module.folder), 'go.mod')
  throw new FindingsError([explainGoFailure(file, describeModule(module), stderr)])
}

function linkerFlags({ notes, version, goMod }: ToolModule): string {
  const [major = '', minor = ''] = version.split('.')
  const minorOf = (wanted: string) =>
    goMod.requires.find((required) => required.path === wanted)?.version.split('.')[1] ?? ''
  const fill = (text: string) =>
    text
      .replace('{version}', version)
      .replace('{major}', major)
      .replace('{minor}', minor)
      .replace(/\{minor:([^}]+)\}/, (_, wanted: string) => minorOf(wanted))
  const variables = Object.entries(notes.set ?? {}).map(([name, value]) => `-X ${name}=${fill(value)}`)
  return ['-s', '-w', ...variables].join(' ')
}

function linkNames({ notes }: ToolModule, folder: string): void {
  for (const [binary, names] of Object.entries(notes.links ?? {})) {
    for (const name of names) symlinkSync(binaryFile(binary), path.join(folder, binaryFile(name)))
  }
}

function removeLeftovers(parent: string, name: string): void {
  if (!existsSync(parent)) return
  for (const entry of readdirSync(parent)) {
    if (entry.startsWith(`.${name}.partial-`))
      rmSync(path.join(parent, entry), { recursive: true, force: true })
  }
}
