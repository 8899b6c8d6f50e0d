import { groupOf } from '@opencore/contract'
import type { RenderedRelease } from '@opencore/delivery'
import { parseManifests } from '../deliver/parse-manifests.ts'

/** The kinds of what releases render, as `group/Kind`, sorted. */
export function listKinds(releases: readonly Pick<RenderedRelease, 'manifests'>[]): string[] {
  const objects = releases.flatMap(({ manifests }) => parseManifests(manifests))
  const kinds = objects.map((object) => {
    const { apiVersion, kind } = object as { apiVersion: string; kind: string }
    return `${groupOf({ apiVersion })}/${kind}`
  })
  return [...new Set(kinds)].sort()
}
