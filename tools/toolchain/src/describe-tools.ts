import { execa, ExecaError } from 'execa'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { version as nodeVersion } from 'node:process'
import { compareVersions, findGo, LEAST_GO } from './go-command.ts'
import { listToolModules, toolNames } from './list-tool-modules.ts'
import { binaryFile, binaryFolder } from './tool-key.ts'
import { workspaceRoot } from './workspace-root.ts'

/** A program that the machine must bring. */
export interface Prerequisite {
  name: string
  /** Least version. */
  wanted: string
  /** Version found; undefined when it is not there. */
  found: string | undefined
  ok: boolean
  /** What to do when it is not ok, else empty. */
  next: string
}

/** One pinned tool; `path` is undefined until it is built. */
export interface ToolState {
  name: string
  version: string
  path: string | undefined
  /** Built only when a test or the benchmark asks. */
  onDemand: boolean
}

/** The oldest git of a distribution that is still maintained (Debian 11). */
const LEAST_GIT = '2.30.0'

/** What `opencore doctor` lists: prerequisites, and every tool built or not. Builds nothing; about 50 ms. */
export async function describeTools(): Promise<{ prerequisites: Prerequisite[]; tools: ToolState[] }> {
  const go = await findGo()
  const prerequisites = [
    judge('node', leastNode(), nodeVersion.slice(1), 'install Node.js from https://nodejs.org'),
    judge('go', LEAST_GO, go, 'install Go from https://go.dev/dl'),
    judge('git', LEAST_GIT, await findGit(), 'install git from https://git-scm.com'),
  ]
  const tools = listToolModules().flatMap((module) => {
    const folder = go === undefined ? undefined : binaryFolder(module, go)
    const built = folder !== undefined && existsSync(folder)
    return toolNames(module).map((name) => ({
      name,
      version: module.version,
      path: built ? path.join(folder, binaryFile(name)) : undefined,
      onDemand: module.notes.onDemand === true,
    }))
  })
  return { prerequisites, tools: tools.sort((a, b) => a.name.localeCompare(b.name, 'en')) }
}

function judge(name: string, wanted: string, found: string | undefined, next: string): Prerequisite {
  const ok = found !== undefined && compareVersions(found, wanted) >= 0
  return { name, wanted, found, ok, next: ok ? '' : next }
}

function leastNode(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(workspaceRoot(), 'package.json'), 'utf8'))
  const { engines } = manifest as { engines: { node: string } }
  return engines.node.replace(/^>=/, '')
}

async function findGit(): Promise<string | undefined> {
  try {
    const { stdout } = await execa('git', ['--version'])
    return /\d+\.\d+\.\d+/.exec(stdout)?.[0]
  } catch (error) {
    if (error instanceof ExecaError) return undefined
    throw error
  }
}
