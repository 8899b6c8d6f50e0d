import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlatformEnvironment } from '@opencore/model'
import type { ApprovedChange } from '@opencore/plan'
import type { DiskRelease } from '@opencore/renderer'
import { digestText } from '../files/written-record.ts'
import { digestModel } from '../workspace/known-environments.ts'
import type { ChangedRelease, ReleaseInputs } from './find-updates.ts'
import { listArgocd } from './read-argocd.ts'

/** One environment as it is verified. */
export interface VerifiedEnvironment {
  environment: PlatformEnvironment
  /** As read from disk. */
  releases: readonly DiskRelease[]
  inputs: ReleaseInputs
  /** What differs from the merge base, where there is one. */
  updates: readonly ChangedRelease[]
  /** Changes of its releases that a person carries out. */
  approved: readonly ApprovedChange[]
}

/**
 * A digest of everything that `verifyEnvironment` reads of an environment: what its releases are rendered from, what Argo
 * CD reads, what the model says, and of releases that change what they are at the merge base. Where values stand in
 * layers, and flows in definitions, is left out: it is where findings point, and says nothing of an environment without any.
 * @param judges what decides beside the environment, such as our own code and tools
 */
export async function keyEnvironment(
  root: string,
  { environment, releases, inputs, updates, approved }: VerifiedEnvironment,
  judges: readonly string[],
): Promise<string> {
  const argocd = await listArgocd(root, environment.definition.name)
  const texts = await Promise.all(argocd.map((file) => readFile(join(root, file), 'utf8')))
  const parts = [
    ...judges,
    digestModel(environment),
    releases.map((release) => [release, inputs.get(release)]),
    updates.map(({ after, from }) => [after.release, from]),
    approved,
    argocd,
    texts,
  ]
  return digestText(JSON.stringify(parts))
}
