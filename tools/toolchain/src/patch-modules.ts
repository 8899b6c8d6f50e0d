import { execa } from 'execa'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { goEnvironment } from './go-command.ts'
import type { ToolModule } from './list-tool-modules.ts'
import { downloadModule } from './module-folder.ts'
import { FindingsError } from '@opencore/contract/findings'
import { workspaceRoot } from './workspace-root.ts'

/**
 * Copy the modules that a tool wants patched (see `patches` of build.json) into a folder, patch them there, and return
 * the flags by which the go command builds with them; none where nothing is patched. The originals are what go.sum says.
 * Throws a FindingsError (TOOL_PATCH_MISFITS) where a patch was made for another version.
 */
export async function patchModules(module: ToolModule, folder: string): Promise<string[]> {
  const patches = Object.entries(module.notes.patches ?? {})
  if (patches.length === 0) return []
  mkdirSync(folder, { recursive: true })
  const goMod = path.join(folder, 'patched.mod')
  copyFileSync(path.join(module.folder, 'go.mod'), goMod)
  if (existsSync(path.join(module.folder, 'go.sum')))
    copyFileSync(path.join(module.folder, 'go.sum'), path.join(folder, 'patched.sum'))
  for (const [index, [name, patch]] of patches.entries()) {
    const version = module.goMod.requires.find((required) => required.path === name)?.version ?? ''
    const copy = path.join(folder, String(index))
    cpSync(await downloadModule(name, { folder: module.folder, version }), copy, { recursive: true })
    makeWritable(copy)
    await applyPatch(path.join(module.folder, patch), copy, `${name} ${version}`)
    await execa('go', ['mod', 'edit', `-replace=${name}=${copy}`, goMod], { env: goEnvironment })
  }
  return [`-modfile=${goMod}`]
}

/** Files of the module cache are read-only. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644)
}

async function applyPatch(patch: string, folder: string, what: string): Promise<void> {
  const { failed, stderr } = await execa('git', ['apply', patch], {
    cwd: folder,
    // In a checkout, git would apply to that, and say nothing of files that it does not have.
    env: { GIT_CEILING_DIRECTORIES: path.dirname(folder) },
    reject: false,
  })
  if (!failed) return
  throw new FindingsError([
    {
      code: 'TOOL_PATCH_MISFITS',
      severity: 'error',
      at: { file: path.relative(workspaceRoot(), patch) },
      found: `git could not apply it to ${what}: ${stderr
        .trim()
        .replaceAll(/^error: /gm, '')
        .replaceAll('\n', '; ')}`,
      wanted: 'a patch of the version that go.mod pins',
      next: 'make the patch anew, or remove it from build.json: tools work without, only slower',
    },
  ])
}
