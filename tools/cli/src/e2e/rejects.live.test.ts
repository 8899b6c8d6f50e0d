import { execa } from 'execa'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'

/** One mistake: what a person changes, what they then run, and how that ends. The exact message lies beside it. */
interface Mistake {
  files?: Record<string, string>
  remove?: string[]
  links?: Record<string, string>
  run: string[]
  exitCode: number
}

const folder = join(import.meta.dirname, 'fixtures', 'rejects')
const mistakes = await glob('*.yaml', { cwd: folder })

let workspace: Awaited<ReturnType<typeof copyWorkspace>>

beforeAll(async () => {
  workspace = await copyWorkspace()
})
afterAll(() => workspace.remove())

describe('a mistake', () => {
  it.each(mistakes.sort())('%s is refused by name, and nothing is written', async (file) => {
    const mistake = parse(await readFile(join(folder, file), 'utf8')) as Mistake
    await restore()
    for (const path of mistake.remove ?? []) await rm(join(workspace.folder, path), { recursive: true })
    for (const [path, text] of Object.entries(mistake.files ?? {})) await put(path, text)
    for (const [path, target] of Object.entries(mistake.links ?? {})) await link(path, target)
    const before = await changes()

    const { exitCode, stdout, stderr } = await opencore(mistake.run, { cwd: workspace.folder })

    await expect(stderr.replaceAll(/\(\d+\.\d+ s\)/g, '(… s)')).toMatchFileSnapshot(
      join(folder, `${basename(file, '.yaml')}.txt`),
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: mistake.exitCode, stdout: '' })
    expect(await changes()).toBe(before)
  })
})

async function put(path: string, text: string): Promise<void> {
  const target = join(workspace.folder, path)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, text)
}

async function link(path: string, target: string): Promise<void> {
  await rm(join(workspace.folder, path), { recursive: true, force: true })
  await symlink(target, join(workspace.folder, path))
}

async function restore(): Promise<void> {
  await execa('git', ['reset', '--quiet', '--hard'], { cwd: workspace.folder })
  await execa('git', ['clean', '-fdq'], { cwd: workspace.folder })
  await rm(join(workspace.folder, '.opencore'), { recursive: true, force: true })
}

/** What differs from the last commit, with contents, and where every ref is. */
async function changes(): Promise<string> {
  await execa('git', ['add', '--intent-to-add', '.'], { cwd: workspace.folder })
  const { stdout: refs } = await execa('git', ['show-ref'], { cwd: workspace.folder })
  return `${refs}\n${(await execa('git', ['diff'], { cwd: workspace.folder })).stdout}`
}
