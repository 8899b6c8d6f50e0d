import { clusterAddresses, type Environment } from '@opencore/model'

/** What no two environments share, with what stands for it in both. */
export type Localiser = (value: unknown) => unknown

/**
 * A value without what it says of its environment alone: name, region, zones, domain, addresses, buckets, roles and
 * counterpart. Two environments that differ by these have it alike then.
 */
export function localiserOf(definition: Environment): Localiser {
  const { name, region, zones, domain, addresses, identity, counterpart } = definition
  const named: (readonly [string, string])[] = [
    [name, 'environment'],
    [region, 'region'],
    ...zones.map((zone, index) => [zone, `zone ${index}`] as const),
    [domain, 'domain'],
    ...Object.keys(addresses).map((key) => [key, clusterAddresses.includes(key) ? key : 'bucket'] as const),
    ...[...Object.values(addresses), identity?.addresses ?? []].flatMap((list) =>
      list.flatMap(({ cidrs }) => cidrs.map((cidr) => [cidr, 'address'] as const)),
    ),
    ...Object.entries(identity?.roles ?? {}).map(([release, role]) => [role, `role of ${release}`] as const),
    ...(counterpart ? [[counterpart.environment, 'counterpart'] as const] : []),
    ...(counterpart?.cidrs ?? []).map((cidr) => [cidr, 'counterpart'] as const),
  ]
  // The longest first: a zone has its region's name in it.
  const byText = new Map(named.filter(([text]) => text !== '').sort(([a], [b]) => b.length - a.length))
  const pattern = new RegExp(
    [...byText.keys()].map((text) => `(?<![A-Za-z0-9])${quote(text)}(?![A-Za-z0-9])`).join('|'),
    'g',
  )
  const replace = (text: string) => text.replaceAll(pattern, (found) => `<${byText.get(found) ?? ''}>`)
  const localise: Localiser = (value) => {
    if (typeof value === 'string') return replace(value)
    if (Array.isArray(value)) return value.map(localise)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [replace(key), localise(inner)]))
  }
  return localise
}

const quote = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
