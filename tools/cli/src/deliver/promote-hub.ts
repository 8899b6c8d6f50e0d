import { resolveRevision, writeRef } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { hubRef } from '@opencore/plan'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listGenerated } from '../workspace/list-generated.ts'
import { isHubFile } from './hub-files.ts'
import type { Refs } from './open-refs.ts'

/**
 * Bring Argo CD's own objects of an environment on its hub's ref to what the sources have: a signed commit where they
 * differ. Others of the hub keep theirs.
 * @param sourceCommit for the commit's message
 */
export async function promoteHub(
  root: string,
  environment: PlatformEnvironment,
  refs: Refs,
  sourceCommit: string,
): Promise<{ ref: string; before?: string; after: string }> {
  const { name } = environment.definition
  const ref = hubRef(environment)
  await refs.fetch(ref)
  const before = await resolveRevision(refs.repository, `refs/heads/${ref}`)
  const paths = (await listGenerated(root)).filter((path) => isHubFile(path, name))
  const files = await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  )
  const message = `hub of ${name}\n\nSource: ${sourceCommit}\n`
  const sign = environment.tier.delivery.signingKeys !== undefined
  const removed = [`argocd/${name}`]
  const after = await writeRef(refs.repository, { ref, message, files, removed, sign })
  if (after !== before) await refs.push(ref, before)
  return { ref, after, ...(before !== undefined && { before }) }
}
