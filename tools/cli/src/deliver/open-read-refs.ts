import { environmentRef } from '@opencore/plan'
import type { Report } from '../output/run-steps.ts'
import { platformFolder } from '../workspace/platform-folder.ts'
import { openOwnRefs, openRefs, type Refs } from './open-refs.ts'

/** Refs to read. */
export interface ReadRefs {
  refs: Refs
  /** They are those of the embedded platform, which `opencore up` writes, and nobody promotes to. */
  isEmbedded: boolean
}

/**
 * The refs by which a reader sees what environments run. Those of the checkout; where none of the environments has one there, and
 * the embedded platform runs them all, that platform's own: whoever has just started it asks about that. Tells which.
 * @param names of environments
 */
export async function openReadRefs(
  root: string,
  names: readonly string[],
  report: Report,
): Promise<ReadRefs> {
  const refs = await openRefs(root, report)
  const heads = await Promise.all(names.map((name) => refs.look(environmentRef(name))))
  if (heads.some((head) => head !== undefined)) return { refs, isEmbedded: false }
  const own = await openEmbedded(platformFolder(root), names)
  if (own === undefined) return { refs, isEmbedded: false }
  report(
    `nothing was promoted to ${names.join(' and ')} yet, so this is about what the embedded platform runs: refs of its own, which opencore up writes`,
  )
  return { refs: own, isEmbedded: true }
}

async function openEmbedded(folder: string, names: readonly string[]): Promise<Refs | undefined> {
  // Who reads refs that are there needs none of it.
  const { readStatus, withPlatformRepository } = await import('@opencore/cluster')
  const status = await readStatus(folder)
  if (status.phase !== 'running' || !('supervisor' in status)) return undefined
  if (!names.every((name) => status.supervisor.environments.includes(name))) return undefined
  const refs = await withPlatformRepository(folder, (repository) => Promise.resolve(openOwnRefs(repository)))
  const heads = await Promise.all(names.map((name) => refs.look(environmentRef(name))))
  return heads.includes(undefined) ? undefined : refs
}
