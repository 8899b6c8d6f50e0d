import { readReleases } from '@opencore/renderer'
import type { Names } from './list-candidates.ts'

/** Names as `opencore generate` wrote them down: read in a moment, where loading the model takes a second. */
export function readNames(root: string): Names {
  const read = readReleases(root)
  const releases = read.ok ? read.value : []
  const unique = (names: readonly string[]) => [...new Set(names)].sort()
  return {
    environments: () => unique(releases.map(({ environment }) => environment)),
    releases: (environment) =>
      unique(
        releases
          .filter((one) => environment === undefined || one.environment === environment)
          .map(({ release }) => release),
      ),
    services: () => unique(releases.filter(({ chart }) => chart === 'service').map(({ release }) => release)),
  }
}
