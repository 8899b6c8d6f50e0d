import { isDeepStrictEqual } from 'node:util'
import {
  groupAlike,
  listFields,
  sortGroups,
  type ChangeGroup,
  type FieldChange,
  type Risk,
} from '@opencore/delivery'
import type { Localiser } from './localise.ts'

/** A release as it runs in one environment. */
export interface RunningRelease {
  name: string
  chart: string
  chartVersion: string
  values: unknown
}

/** An environment, and how to read its values without what it has alone. */
export interface RunningEnvironment {
  name: string
  releases: readonly RunningRelease[]
  localise: Localiser
}

/** What differs, and how many values are left out because environments cannot share them. */
export interface EnvironmentDifference {
  groups: ChangeGroup[]
  leftOut: number
}

/** What differs between what two environments run, by what differs, the riskiest first; `before` is the first one's. */
export function compareEnvironments(
  one: RunningEnvironment,
  other: RunningEnvironment,
): EnvironmentDifference {
  const [left, right] = [one, other].map(
    ({ releases }) => new Map(releases.map((release) => [release.name, release])),
  )
  const onlyIn = (these?: ReadonlyMap<string, unknown>, those?: ReadonlyMap<string, unknown>) =>
    [...(these?.keys() ?? [])].filter((name) => !those?.has(name)).sort()
  const gone = onlyIn(left, right)
  const come = onlyIn(right, left)
  const pairs = [...(left?.values() ?? [])].flatMap((release) => {
    const twin = right?.get(release.name)
    return twin ? [[release, twin] as const] : []
  })
  const compared = pairs.map(([release, twin]) => ({
    name: release.name,
    ...compareValues(release.values, twin.values, one.localise, other.localise),
  }))
  const versions = pairs
    .filter(([a, b]) => a.chartVersion !== b.chartVersion)
    .map(([a, b]) => ({
      name: a.name,
      kind: `chart ${a.chart}`,
      risk: 'definition' as const,
      action: 'changed' as const,
      field: { path: 'version', before: a.chartVersion, after: b.chartVersion },
    }))
  const values = compared.flatMap(({ name, fields }) =>
    fields.map((field) => ({
      name,
      kind: 'values',
      risk: riskOf(field.path),
      action: 'changed' as const,
      field,
    })),
  )
  return {
    groups: sortGroups([
      ...(gone.length > 0
        ? [{ risk: 'removal' as const, kind: 'release', action: 'removed' as const, names: gone }]
        : []),
      ...(come.length > 0
        ? [{ risk: 'addition' as const, kind: 'release', action: 'added' as const, names: come }]
        : []),
      ...groupAlike([...versions, ...values]),
    ]),
    leftOut: compared.reduce((sum, { leftOut }) => sum + leftOut, 0),
  }
}

/** Fields that differ, and not only as the environments do: what is the same without that is left out, also under another key. */
function compareValues(
  left: unknown,
  right: unknown,
  localiseLeft: Localiser,
  localiseRight: Localiser,
): { fields: FieldChange[]; leftOut: number } {
  const all = listFields(left, right)
  const alike = all.filter(
    ({ before, after }) =>
      before !== undefined &&
      after !== undefined &&
      isDeepStrictEqual(localiseLeft(before), localiseRight(after)),
  )
  const rest = all.filter((field) => !alike.includes(field))
  const keyOf = (localise: Localiser, path: string, value: unknown) => JSON.stringify(localise([path, value]))
  const come = new Map(
    rest
      .filter(({ before }) => before === undefined)
      .map((field) => [keyOf(localiseRight, field.path, field.after), field]),
  )
  const twins = rest.flatMap((field) => {
    const twin =
      field.after === undefined ? come.get(keyOf(localiseLeft, field.path, field.before)) : undefined
    return twin ? [field, twin] : []
  })
  return {
    fields: rest.filter((field) => !twins.includes(field)),
    leftOut: alike.length + twins.length / 2,
  }
}

/** What a value may do that is another elsewhere. */
function riskOf(path: string): Risk {
  if (/^(network|httpRoute|authorization|listeners)\b/.test(path)) return 'network'
  if (/^(serviceAccount|rbac|users|auth)\b/.test(path)) return 'access'
  if (/(^|\.)[a-z]*(labels|annotations)\b/i.test(path)) return 'labels'
  if (/(^|\.)(replicas|minReplicas|maxReplicas|instances)$/.test(path)) return 'replicas'
  return path.startsWith('image.') ? 'image' : 'other'
}
