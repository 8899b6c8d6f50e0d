import type { ExpectedApplication } from '@opencore/cluster'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, hubRef } from '@opencore/plan'
import { readRefs } from '../preflight/read-refs.ts'

/** The Applications that a hub will have, each at the commit that its ref is at now; at any where git does not say. */
export async function listExpected(
  git: string,
  environments: readonly PlatformEnvironment[],
): Promise<ExpectedApplication[]> {
  const refs = await readRefs(git)
  const at = (ref: string) => {
    const commit = 'value' in refs ? refs.value.get(`refs/heads/${ref}`) : undefined
    return commit === undefined ? {} : { commit }
  }
  return environments.flatMap((environment) => {
    const { name } = environment.definition
    return [
      { name: `${name}-bootstrap`, ...at(hubRef(environment)) },
      ...environment.releases.map((release) => ({
        name: `${name}-${release.name}`,
        ...at(environmentRef(name)),
      })),
    ]
  })
}
