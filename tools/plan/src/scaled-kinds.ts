import { isObject, type JsonObject, type JsonSchema } from '@opencore/contract'
import type { Release } from '@opencore/model'

/** The number of pods of what runs, for Argo CD. */
export const SCALED_REPLICAS = '.spec.replicas | select(. > 0)'

/**
 * What Argo CD leaves alone in releases whose number of pods something in the cluster sets; none where no chart of theirs
 * can be scaled. The manifests always say a number, since a field that leaves them falls to the API's default of 1. Here the
 * live one counts, in the comparison and, by `RespectIgnoreDifferences`, in the apply (argo-cd v3.6.1,
 * controller/sync.go, normalizeTargetResources). A number of 0 does not: it is that of a region that waited, in which
 * no autoscaler begins by itself.
 */
export function ignoreScaled(releases: readonly Release[]): JsonObject[] | undefined {
  if (!releases.some(({ chart }) => findScalers(chart.contract.schema).length > 0)) return undefined
  return [{ group: 'apps', kind: '{{ .scaled }}', jqPathExpressions: [SCALED_REPLICAS] }]
}

/** The kinds of a release's objects whose `spec.replicas` is not ours, as Argo CD matches kinds: `*`, or `none`. */
export function scaledKinds({ chart: { contract }, values }: Release): string {
  const read = (path: readonly string[]) => {
    const set = readAt(values, path)
    return set === undefined ? readAt(contract.defaults, path) : set
  }
  if (read(['role']) === 'standby') return 'none'
  const scaled = findScalers(contract.schema).some(({ path, value }) => read(path) === value)
  return scaled ? '*' : 'none'
}

interface Scaler {
  path: readonly string[]
  value: unknown
}

/** By schema: all releases of a chart share one. */
const scalers = new WeakMap<JsonSchema, Scaler[]>()

/** Keys of the values that a schema marks with `x-opencore-scaled-when`, each with the value that it names. */
function findScalers(schema: JsonSchema): Scaler[] {
  const known = scalers.get(schema) ?? findBelow(schema, [])
  scalers.set(schema, known)
  return known
}

function findBelow(schema: JsonSchema, path: readonly string[]): Scaler[] {
  const value = schema['x-opencore-scaled-when']
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, of]) => findBelow(of, [...path, key]))
  return value === undefined ? inner : [{ path, value }, ...inner]
}

function readAt(values: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), values)
}
