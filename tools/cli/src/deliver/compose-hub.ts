import type { PlatformEnvironment } from '@opencore/model'
import { hubRef } from '@opencore/plan'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listGenerated } from '../workspace/list-generated.ts'
import { commitSigned } from './commit-signed.ts'
import { isHubFile } from './hub-files.ts'
import { lookSigned } from './look-signed.ts'
import type { RefMove, Refs } from './open-refs.ts'

/**
 * The commit that brings Argo CD's own objects of an environment on its hub's ref to what the sources have; others of the
 * hub keep theirs. The ref is not moved yet.
 */
export async function composeHub(
  root: string,
  environment: PlatformEnvironment,
  refs: Refs,
  sourceCommit: string,
): Promise<RefMove> {
  const { name } = environment.definition
  const ref = hubRef(environment)
  const before = await lookSigned(refs, environment, ref)
  const paths = (await listGenerated(root)).filter((path) => isHubFile(path, name))
  const files = await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  )
  const message = `hub of ${name}\n\nSource: ${sourceCommit}\n`
  const update = { message, files, removed: [`argocd/${name}`] }
  return { ref, before, after: await commitSigned(refs, environment, update, before) }
}
