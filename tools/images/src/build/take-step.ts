import { fetchArtifacts } from '@opencore/toolchain/maven'
import { execa } from 'execa'
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Recipe, Step } from '../recipe/recipe.ts'
import { enterRoot } from './enter-root.ts'

/** Where a step is taken: stages are folders of `work`. */
export interface Place {
  work: string
  stage: string
  recipe: Recipe
}

/** What is set on this machine is none of an image's. */
const ENVIRONMENT = { LANG: 'C.UTF-8', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }
const LINK = ['--archive', '--link', '--no-target-directory']
const COPY = ['--recursive', '--no-target-directory']

/** Take one step of a stage. All that it leaves is as old as time itself, as in the image: Java's caches look at it. */
export async function takeStep(step: Step, { work, stage, recipe }: Place): Promise<void> {
  const root = join(work, stage)
  if ('run' in step) {
    const [command = '', ...words] = enterRoot(root, { readOnly: false, network: false }, step.run)
    await execa(command, words, { env: ENVIRONMENT, extendEnv: false })
  } else {
    const target = join(root, step.to)
    await mkdir(step.to.endsWith('/') ? target : dirname(target), { recursive: true })
    if ('fetch' in step) {
      for (const file of await fetchArtifacts(recipe.name, step.fetch))
        await copyFile(file, join(target, basename(file)))
    } else if ('write' in step) {
      await writeFile(target, step.write)
    } else {
      const source =
        step.from === undefined ? join(recipe.context, step.copy) : join(work, step.from, step.copy)
      await stat(source)
      await execa('cp', [...(step.from === undefined ? COPY : LINK), source, target])
    }
  }
  // Files with one name are this stage's own: the others are links to what was there before.
  await execa('find', [
    root,
    '-xdev',
    '-links',
    '1',
    '-newermt',
    '@0',
    '-exec',
    'touch',
    '-hd',
    '@0',
    '{}',
    '+',
  ])
}
