import {
  entrySchema,
  isObject,
  mergeValues,
  showValue,
  type Contract,
  type Finding,
  type JsonObject,
  type JsonSchema,
  type PlannedFile,
} from '@opencore/contract'
import { parse } from 'yaml'
import { valuesPath } from '../plan-values.ts'
import { parseBytes } from './parse-bytes.ts'
import { readReleases } from './read-releases.ts'

/** What a schema says by `x-opencore-change` of a value whose data would not follow a change. */
type Rule = 'never' | 'once' | 'grow' | 'keep' | 'volumes'

interface Change {
  /** Keys from the root of the values. */
  path: string[]
  rule: Exclude<Rule, 'volumes'>
  before: unknown
  after: unknown
}

/**
 * Changes of values that running data cannot follow, in releases that stay: `CHANGES_FIXED_VALUE` (a storage class, a
 * number of shards), `SHRINKS_STORAGE`, `REMOVES_STORAGE` (a volume that is turned off). Nothing approves them: data
 * moves to a new release, by backup and recovery.
 * @param previous the generated tree at the merge base
 * @param contracts by chart
 */
export function guardValues(
  previous: readonly PlannedFile[],
  planned: readonly PlannedFile[],
  contracts: ReadonlyMap<string, Contract>,
): Finding[] {
  return readReleases(planned).flatMap(({ environment, release, chart }) => {
    const file = valuesPath(environment, release)
    const contract = contracts.get(chart)
    const [before, after] = [previous, planned].map((tree) => tree.find(({ path }) => path === file))
    if (!contract || !before || !after) return []
    const full = ({ text }: PlannedFile) => mergeValues(contract.defaults, (parse(text) ?? {}) as JsonObject)
    return findChanges(contract.schema, full(before), full(after), []).map((change) =>
      toFinding(change, file),
    )
  })
}

/** Changes below a schema; of a map, only those of entries that were there and stay. */
function findChanges(schema: JsonSchema, before: unknown, after: unknown, path: string[]): Change[] {
  const rule = schema['x-opencore-change'] as Rule | undefined
  if (rule === 'volumes') return findVolumeChanges(before, after, path)
  if (rule) return isHarmless(rule, before, after) ? [] : [{ path, rule, before, after }]
  if (!isObject(before) || !isObject(after)) return []
  const inner = (key: string, of: JsonSchema) => findChanges(of, before[key], after[key], [...path, key])
  const entries = entrySchema(schema)
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, of]) => inner(key, of)),
    ...(entries
      ? Object.keys(before)
          .filter((key) => key in after)
          .flatMap((key) => inner(key, entries))
      : []),
  ]
}

/**
 * Volumes in a list, each known by its `id`: it stays, never shrinks, and keeps its class. One may be named later: Strimzi
 * goes on with what is there (1.2.0, StorageDiff.java), so the name counts where a volume is made anew.
 */
function findVolumeChanges(before: unknown, after: unknown, path: string[]): Change[] {
  const [old, planned] = [before, after].map((list) => (Array.isArray(list) ? list.filter(isObject) : []))
  return (old ?? []).flatMap((volume): Change[] => {
    const at = [...path, String(volume['id'])]
    const now = planned?.find(({ id }) => id === volume['id'])
    if (!now) return [{ path: at, rule: 'keep', before: volume['size'], after: undefined }]
    const rules = [
      ['size', 'grow'],
      ['class', 'once'],
    ] as const
    return rules
      .filter(([key, rule]) => !isHarmless(rule, volume[key], now[key]))
      .map(([key, rule]) => ({ path: [...at, key], rule, before: volume[key], after: now[key] }))
  })
}

function isHarmless(rule: Change['rule'], before: unknown, after: unknown): boolean {
  switch (rule) {
    case 'never':
      return JSON.stringify(before) === JSON.stringify(after)
    case 'once':
      return before === undefined || JSON.stringify(before) === JSON.stringify(after)
    case 'grow':
      return before === undefined || parseBytes(after) >= parseBytes(before)
    case 'keep':
      return before !== true || after === true
  }
}

const fixed = { code: 'CHANGES_FIXED_VALUE', wanted: 'the same value for as long as the data lives' }
const words = {
  never: fixed,
  once: fixed,
  grow: { code: 'SHRINKS_STORAGE', wanted: 'the same size or more: a volume never shrinks' },
  keep: { code: 'REMOVES_STORAGE', wanted: 'the volume that the data is on' },
}

function toFinding({ path, rule, before, after }: Change, file: string): Finding {
  const name = path.join('.')
  return {
    code: words[rule].code,
    severity: 'error',
    at: { file },
    found: `${name} was ${showValue(before, '')} and becomes ${showValue(after, '')}`,
    wanted: words[rule].wanted,
    next: `set ${name} back; data moves only to a new release, by backup and recovery`,
  }
}
