import { findSkipped, type ApiCatalogue } from '@opencore/contract'
import type { PlatformEnvironment, Release } from '@opencore/model'

/** A release that the embedded platform cannot take, since nobody could tell it a kind that the release has. */
export interface LeftOut {
  application: string
  environment: string
  /** Name of the API source that could not be reached. */
  source: string
}

/** Environments without the releases whose charts render kinds of an API source that could not be reached; and those. */
export function leaveOut(
  environments: readonly PlatformEnvironment[],
  apis: Pick<ApiCatalogue, 'skipped'>,
): { environments: PlatformEnvironment[]; leftOut: LeftOut[] } {
  const lackOf = ({ chart: { kinds } }: Release) =>
    findSkipped(apis, ...[...kinds.namespaced, ...kinds.cluster].map(({ group }) => group))
  return {
    environments: environments.map((environment) => ({
      ...environment,
      releases: environment.releases.filter((release) => lackOf(release) === undefined),
    })),
    leftOut: environments.flatMap(({ releases }) =>
      releases.flatMap((release) => {
        const source = lackOf(release)
        const { environment, name } = release
        return source === undefined ? [] : [{ application: `${environment}-${name}`, environment, source }]
      }),
    ),
  }
}
