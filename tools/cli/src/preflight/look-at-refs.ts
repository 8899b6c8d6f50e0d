import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, hubRef } from '@opencore/plan'
import { describeRefs, type WantedRef } from './hub/refs.ts'
import { readProtections } from './read-protection.ts'
import { readFolders, readRefs } from './read-refs.ts'
import type { Row } from './row.ts'

/** The refs of a repository that Argo CD will read for these environments: there, complete, and protected. */
export async function lookAtRefs(git: string, environments: readonly PlatformEnvironment[]): Promise<Row[]> {
  const wanted = [...new Map(environments.flatMap(refsOf).map((one) => [one.ref, one])).values()]
  const [heads, protections] = await Promise.all([
    readRefs(git),
    readProtections(
      git,
      wanted.map(({ ref }) => ref),
    ),
  ])
  const isThere = ({ ref, releases }: WantedRef) =>
    releases.length > 0 && 'value' in heads && heads.value.has(`refs/heads/${ref}`)
  const folders = await Promise.all(
    wanted.filter(isThere).map(async ({ ref }) => [ref, await readFolders(git, ref)] as const),
  )
  return describeRefs(git, wanted, { heads, folders: new Map(folders), protections })
}

function refsOf(environment: PlatformEnvironment): WantedRef[] {
  const { name } = environment.definition
  const releases = environment.releases.map((release) => release.name).sort()
  return [
    { ref: environmentRef(name), environment: name, releases },
    { ref: hubRef(environment), environment: name, releases: [] },
  ]
}
