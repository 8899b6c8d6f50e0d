import type { Environment } from '../define/environment.ts'
import type { Pair } from '../parts/part.ts'
import type { Definition } from '../definition.ts'

/** What an environment and its counterpart in another region are to each other; none where it stands alone. */
export function readPair(
  { value, place }: Definition<Environment>,
  environments: readonly Definition<Environment>[],
): Definition<Pair> | undefined {
  const { counterpart } = value
  const other = environments.find((each) => each.value.name === counterpart?.environment)?.value
  if (!counterpart || !other) return undefined
  return {
    value: {
      environment: value.name,
      role: value.role === 'standby' ? 'standby' : 'active',
      counterpart: other.name,
      domains: { own: value.domain, other: other.domain },
      cidrs: counterpart.cidrs,
      secretStore: counterpart.secretStore,
    },
    place: { ...place, path: ['counterpart'] },
  }
}
