import type { Report } from '@opencore/toolchain'
import { cacheFolder } from '@opencore/toolchain'
import { unpackImage } from '@opencore/toolchain/debian'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { execa } from 'execa'
import type { ImageSettings, Recipe } from '../recipe/recipe.ts'
import { takeStep } from './take-step.ts'

export interface BuiltImage extends ImageSettings {
  /** Absolute folder with all that the image holds. */
  root: string
}

/**
 * Make an image as its recipe says, without a builder or a registry: stages are folders, and what they have of each other are
 * links to the same files. A minute the first time, then nothing until a source, a library or a package changes.
 * Throws a FindingsError (PREREQUISITE_MISSING, DEBIAN_UNREACHABLE), UnreachableError, or what a program of a stage says.
 */
export async function buildImage(recipe: Recipe, report: Report): Promise<BuiltImage> {
  const packages = new Map<string, string>()
  for (const stage of recipe.stages)
    if ('packages' in stage) packages.set(stage.name, await unpackImage(stage.packages, report))
  const folder = join(cacheFolder(), 'images')
  const key = await digestOf(recipe, [...packages.values()])
  const root = join(folder, `${recipe.name}-${key}`)
  if (existsSync(root)) return { ...recipe.settings, root }
  await mkdir(folder, { recursive: true })
  // Beside the packages, since links lead no further than their file system.
  const work = await mkdtemp(join(folder, '.partial-'))
  try {
    for (const stage of recipe.stages) {
      report(`${recipe.name}: ${stage.name}: ${stage.about}`)
      const from = 'packages' in stage ? (packages.get(stage.name) ?? '') : join(work, stage.from)
      await execa('cp', ['--archive', '--link', from, join(work, stage.name)])
      for (const step of stage.steps) await takeStep(step, { work, stage: stage.name, recipe })
    }
    // Of two at once the second finds the first one's.
    await rename(join(work, recipe.stages.at(-1)?.name ?? ''), root).catch((error: unknown) => {
      if (!existsSync(root)) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return { ...recipe.settings, root }
}

/** All that the image is made of: the recipe, what it copies, and the versions of packages. */
async function digestOf(recipe: Recipe, roots: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify({ ...recipe, context: '' }))
  const entries = await readdir(recipe.context, { recursive: true, withFileTypes: true })
  const sources = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of sources.sort())
    if (!file.endsWith('/Dockerfile'))
      hash.update(relative(recipe.context, file)).update(await readFile(file))
  for (const root of roots) hash.update(await readFile(join(dirname(root), 'packages.txt')))
  return hash.digest('hex').slice(0, 12)
}
