import { execa } from 'execa'
import { readdirSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { explainGoFailure } from './explain-go-failure.ts'
import { goEnvironment, requireGo } from './go-command.ts'
import { parseGoMod, pinnedModule } from './parse-go-mod.ts'
import { FindingsError } from '@opencore/contract/findings'
import { workspaceRoot } from './workspace-root.ts'

/** A module that a go.mod under tools/toolchain exists for, and that file's folder. */
interface Pin {
  folder: string
  version: string
}

/**
 * The version of a pinned Go module, such as `v1.36.3`, as some go.mod under tools/toolchain says it: the module of
 * a tool, or one that only serves files (apis/go.mod). Throws for a module that is pinned nowhere.
 */
export function moduleVersion(name: string): string {
  return modulePin(name).version
}

/**
 * The absolute folder of a pinned Go module's files (read-only), downloaded and checked against go.sum when the
 * module cache has it not. About 20 ms when it is there.
 * Throws a FindingsError (PREREQUISITE_MISSING, TOOL_DOWNLOAD_FAILED, TOOL_CHECKSUM).
 */
export async function moduleFolder(name: string): Promise<string> {
  await requireGo()
  return downloadModule(name, modulePin(name))
}

/** The same of any module that a folder's go.mod requires, for a caller who knows that Go is there. */
export async function downloadModule(name: string, { folder, version }: Pin): Promise<string> {
  const { failed, stdout, stderr } = await execa('go', ['mod', 'download', '-json', name], {
    cwd: folder,
    env: goEnvironment,
    reject: false,
    stdin: 'ignore',
  })
  const { Dir, Error: reason } =
    failed && stdout === '' ? {} : (JSON.parse(stdout) as { Dir?: string; Error?: string })
  if (Dir !== undefined) return Dir
  const file = path.join(path.relative(workspaceRoot(), folder), 'go.mod')
  throw new FindingsError([explainGoFailure(file, `${name} ${version}`, reason ?? stderr)])
}

/** Where a pinned Go module is pinned. Throws for one that is pinned nowhere. */
export function modulePin(name: string): Pin {
  const toolchain = path.join(workspaceRoot(), 'tools', 'toolchain')
  for (const entry of readdirSync(toolchain)) {
    const file = path.join(toolchain, entry, 'go.mod')
    if (!existsSync(file)) continue
    const goMod = parseGoMod(readFileSync(file, 'utf8'))
    const direct = goMod.requires.find((required) => required.path === name && !required.indirect)
    const pinned = direct ?? pinnedModule(goMod)
    if (pinned?.path === name) return { folder: path.dirname(file), version: pinned.version }
  }
  throw new Error(`no go.mod under tools/toolchain pins ${name}`)
}
