import { execa } from 'execa'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore, type Outcome } from './opencore.ts'

/** A checkout for the tests of a file, which each of them finds as it was committed. */
export interface UsedWorkspace {
  /** Its absolute path, once tests run. */
  folder: () => string
  run: (...args: string[]) => Promise<Outcome>
  read: (path: string) => Promise<string>
  write: (path: string, text: string) => Promise<void>
  /** Paths that differ from the last commit. */
  changed: () => Promise<string[]>
}

export function useWorkspace(): UsedWorkspace {
  let workspace: Awaited<ReturnType<typeof copyWorkspace>>
  const git = async (...args: string[]) => (await execa('git', args, { cwd: workspace.folder })).stdout
  beforeAll(async () => {
    workspace = await copyWorkspace()
  })
  afterEach(async () => {
    await git('reset', '--quiet', '--hard')
    await git('clean', '-fdq')
    await rm(join(workspace.folder, '.opencore'), { recursive: true, force: true })
  })
  afterAll(() => workspace.remove())
  return {
    folder: () => workspace.folder,
    run: (...args) => opencore(args, { cwd: workspace.folder }),
    read: (path) => readFile(join(workspace.folder, path), 'utf8'),
    write: (path, text) => writeFile(join(workspace.folder, path), text),
    changed: async () => {
      await git('add', '--all')
      return (await git('diff', '--cached', '--name-only')).split('\n').filter(Boolean)
    },
  }
}
