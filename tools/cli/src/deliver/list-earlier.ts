import { tierNames, type Platform, type PlatformEnvironment } from '@opencore/model'

/** An environment that comes before another. */
export interface Earlier {
  environment: PlatformEnvironment
  /** It is the region that waits, of the pair that is promoted to; else of the ring before. */
  isStandby: boolean
}

/** What has to have a release first: the environments of the ring before, and the region that waits, before the one that serves. */
export function listEarlier(
  { environments }: Pick<Platform, 'environments'>,
  { definition, tier }: PlatformEnvironment,
): Earlier[] {
  const before = tierNames.indexOf(tier.name) - 1
  const ring = environments.filter((one) => tierNames.indexOf(one.tier.name) === before)
  // While a region steps down, nobody serves: nothing waits for the other.
  const standby = environments.filter(
    (one) =>
      definition.role === 'active' &&
      one.definition.role === 'standby' &&
      one.definition.name === definition.counterpart?.environment,
  )
  return [
    ...ring.map((environment) => ({ environment, isStandby: false })),
    ...standby.map((environment) => ({ environment, isStandby: true })),
  ]
}

/** Environments in the order in which a release comes to them: all that come before the wanted ones, and those. */
export function listWay(
  platform: Pick<Platform, 'environments'>,
  wanted: readonly PlatformEnvironment[],
): PlatformEnvironment[] {
  const way = new Set<PlatformEnvironment>()
  const walk = (one: PlatformEnvironment) => {
    if (way.has(one)) return
    for (const { environment } of listEarlier(platform, one)) walk(environment)
    way.add(one)
  }
  for (const one of wanted) walk(one)
  return [...way].sort((a, b) => ringOf(a) - ringOf(b))
}

const ringOf = ({ tier }: PlatformEnvironment) => tierNames.indexOf(tier.name)
