import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { GoMod } from './parse-go-mod.ts'
import { parseGoMod, pinnedModule } from './parse-go-mod.ts'
import { workspaceRoot } from './workspace-root.ts'

/** `build.json`: what a go.mod cannot say about how its tools are built. */
interface BuildNotes {
  /** The required module whose version the tool's is, where that is not the one of its package. */
  module?: string
  /** Built only when asked for by name, never as part of a set-up. */
  onDemand?: boolean
  /** Seconds that a build from nothing took on two cores: what progress lines call "about". */
  seconds?: number
  /** Go's build tags, such as those that leave out what nobody here uses. */
  tags?: string[]
  /** Variables that the linker sets; `{version}`, `{major}`, `{minor}` are of the pinned module, `{minor:PATH}` of another. */
  set?: Record<string, string>
  /** More names for a binary that acts by the name it is called by. */
  links?: Record<string, string[]>
  /** Patches of required modules, by their paths: files of this folder. They may change how fast a tool is or leave out an interface that nobody opens, and never what it says. */
  patches?: Record<string, string>
}

/** One folder with a go.mod of which binaries are built. */
export interface ToolModule {
  /** The folder's name, such as `kubernetes`. */
  name: string
  folder: string
  goMod: GoMod
  notes: BuildNotes
  /** Version of the pinned module, without `v`, such as `1.36.3`. */
  version: string
  /** Go package -> name of the binary that it becomes. */
  binaries: Record<string, string>
}

/**
 * Every module of which tools are built: the folders of tools/toolchain that have a go.mod, and tools/renderer.
 * Reads a dozen small files; nothing is built or downloaded.
 */
export function listToolModules(root = workspaceRoot()): ToolModule[] {
  const toolchain = path.join(root, 'tools', 'toolchain')
  const folders = readdirSync(toolchain).map((name) => path.join(toolchain, name))
  return [...folders, path.join(root, 'tools', 'renderer')]
    .filter((folder) => existsSync(path.join(folder, 'go.mod')))
    .map(readToolModule)
    .filter(({ binaries }) => Object.keys(binaries).length > 0)
}

/** Read one such folder. A single binary is called as its folder is; several keep the names of their packages. */
export function readToolModule(folder: string): ToolModule {
  const goMod = parseGoMod(readFileSync(path.join(folder, 'go.mod'), 'utf8'))
  const name = path.basename(folder)
  const notesFile = path.join(folder, 'build.json')
  const notes = existsSync(notesFile) ? (JSON.parse(readFileSync(notesFile, 'utf8')) as BuildNotes) : {}
  const pinned = goMod.requires.find((required) => required.path === notes.module) ?? pinnedModule(goMod)
  const version = (pinned?.version ?? '').replace(/^v/, '')
  return { name, folder, goMod, notes, version, binaries: nameBinaries(folder, name, goMod.tools) }
}

function nameBinaries(folder: string, name: string, tools: string[]): Record<string, string> {
  if (tools.length > 1) return Object.fromEntries(tools.map((tool) => [tool, path.basename(tool)]))
  const [tool] = tools
  if (tool !== undefined) return { [tool]: name }
  return existsSync(path.join(folder, 'main.go')) ? { '.': name } : {}
}

/** A module as people say it: `kwok 0.8.0`. One of ours that requires nothing has no version. */
export function describeModule({ name, version }: Pick<ToolModule, 'name' | 'version'>): string {
  return version === '' ? name : `${name} ${version}`
}

/** Every name by which a tool of this module can be asked for. */
export function toolNames({ binaries, notes }: ToolModule): string[] {
  return [...Object.values(binaries), ...Object.values(notes.links ?? {}).flat()]
}

/** The names of all tools that a set-up builds; those on demand are not among them. */
export function standardTools(): string[] {
  return listToolModules()
    .filter(({ notes }) => notes.onDemand !== true)
    .flatMap(toolNames)
}
