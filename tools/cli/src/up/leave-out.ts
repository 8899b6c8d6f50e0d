import { findSkipped, type ApiCatalogue } from '@opencore/contract'
import type { RenderedRelease } from '@opencore/delivery'
import type { PlatformEnvironment, Release } from '@opencore/model'
import { listKinds } from './list-kinds.ts'

/** A release that the embedded platform cannot take. */
export interface LeftOut {
  application: string
  environment: string
  /** A few words: an API source that could not be reached, or what real nodes lack. */
  reason: string
}

/** What releases render, by the name of their environment. */
export type RenderedReleases = ReadonlyMap<string, readonly Pick<RenderedRelease, 'release' | 'manifests'>[]>

/**
 * Environments without the releases that have an object of an API source which could not be reached; and those. What a
 * chart could render, and these values do not ask for, is no reason.
 */
export function leaveOut(
  environments: readonly PlatformEnvironment[],
  apis: Pick<ApiCatalogue, 'skipped'>,
  rendered: RenderedReleases,
): { environments: PlatformEnvironment[]; leftOut: LeftOut[] } {
  if (apis.skipped.length === 0) return { environments: [...environments], leftOut: [] }
  const lacks = new Map(
    environments.flatMap(({ releases, definition }) =>
      releases.map((release) => [release, lackOf(release, rendered.get(definition.name) ?? [], apis)]),
    ),
  )
  return {
    environments: environments.map((environment) => ({
      ...environment,
      releases: environment.releases.filter((release) => lacks.get(release) === undefined),
    })),
    leftOut: [...lacks].flatMap(([{ environment, name }, source]) =>
      source === undefined
        ? []
        : [{ application: `${environment}-${name}`, environment, reason: `${source} unreachable` }],
    ),
  }
}

function lackOf(
  { name }: Release,
  rendered: readonly Pick<RenderedRelease, 'release' | 'manifests'>[],
  apis: Pick<ApiCatalogue, 'skipped'>,
): string | undefined {
  const { manifests = '' } = rendered.find(({ release }) => release === name) ?? {}
  const groups = listKinds([{ manifests }]).map((kind) => kind.split('/')[0] ?? '')
  return findSkipped(apis, ...groups)
}
