import type { Manifest } from '@opencore/model'

/** What others judge of an object. */
export interface Made {
  labels?: unknown
  spec?: unknown
  rules?: unknown
  roleRef?: unknown
  subjects?: unknown
}

type Fields = Readonly<Record<string, unknown>>

/** The same of an object of ours as recording/Make.java keeps of Strimzi's. */
export function judgedOf({ kind, metadata, spec, rules, roleRef, subjects }: Manifest): Made {
  const fields = spec as Fields | undefined
  const { template } = (fields ?? {}) as { template?: { metadata: { labels: unknown }; spec: Fields } }
  return {
    labels: metadata.labels,
    ...(rules !== undefined && { rules }),
    ...(roleRef !== undefined && { roleRef, subjects }),
    ...(kind === 'Pod' && fields && { spec: podOf(fields) }),
    ...(kind !== 'Pod' &&
      fields && {
        spec: {
          ...fields,
          ...(template && { template: { labels: template.metadata.labels, spec: podOf(template.spec) } }),
        },
      }),
  }
}

/** Volumes of Secrets and ConfigMaps take no room; images are not known, and where what is mounted is not judged. */
function podOf(spec: Fields): Fields {
  const containersOf = (list: string) =>
    (spec[list] as Fields[] | undefined)?.map((container) => without(container, 'image', 'volumeMounts'))
  const volumes = ((spec['volumes'] ?? []) as Fields[]).filter(
    (volume) => !('secret' in volume) && !('configMap' in volume),
  )
  const initContainers = containersOf('initContainers')
  return {
    ...spec,
    containers: containersOf('containers'),
    ...(initContainers && { initContainers }),
    volumes,
  }
}

const without = (fields: Fields, ...keys: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)))

/**
 * Strimzi counts the nodes of all pools of a cluster, in the order of their pools and with gaps where some have gone. Ours
 * count from zero in each pool, so that a pool can be told from itself alone.
 */
export function countFromZero(
  made: Readonly<Record<string, Made>>,
  resources: readonly Manifest[],
): Record<string, Made> {
  const pools = resources
    .filter(({ kind }) => kind === 'KafkaNodePool')
    .map(({ metadata }) => {
      const cluster = (metadata.labels as Record<string, string>)['strimzi.io/cluster'] ?? ''
      const pods = `${cluster}-${metadata.name}`
      const ids = Object.keys(made).flatMap((key) => new RegExp(`^Pod ${pods}-(\\d+)$`).exec(key)?.[1] ?? [])
      return {
        of: new RegExp(`((?:^|[ -])${pods}(?:-[a-z]+)?-)(\\d+)$`),
        first: Math.min(...ids.map(Number)),
      }
    })
  const rename = (text: string) =>
    pools.reduce(
      (name, { of, first }) =>
        name.replace(of, (_, start: string, id: string) => `${start}${Number(id) - first}`),
      text,
    )
  const renameAll = (value: unknown): unknown => {
    if (typeof value === 'string') return rename(value)
    if (Array.isArray(value)) return value.map(renameAll)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), renameAll(item)]))
  }
  return renameAll(made) as Record<string, Made>
}
