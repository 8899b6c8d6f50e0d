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
  type Position,
  parseQuantity,
} from '@opencore/contract'
import { valueAt } from '@opencore/model'
import { parse } from 'yaml'
import { valuesPath } from '../plan-values.ts'
import { findApproval, suggestApproval, type ApprovedChange } from './approved-changes.ts'
import { readReleases } from './read-releases.ts'

/** What a schema says by `x-opencore-change` of a value that running objects or their data cannot follow. */
type Rule = 'never' | 'once' | 'grow' | 'keep' | 'volumes' | 'fixed' | 'listed'

/** Where a release's value at a path of keys was set. */
type LocateValue = (environment: string, release: string, path: readonly string[]) => Position

/**
 * The same with its conditions, and what a person does instead. `when`: values that hold before and after. `across`:
 * several such, and the change counts where one of them held and none does now, or the other way round.
 */
interface Mark {
  rule: Rule
  /** The map of the release's values whose entry a `listed` value names: one that was there before the change. */
  in?: string
  when?: JsonObject
  across?: readonly JsonObject[]
  procedure?: string
  /** The procedure carries the change out, and a person may approve that (`approveChanges`). */
  byHand?: boolean
}

interface Change {
  /** Keys from the root of the values. */
  path: string[]
  rule: Exclude<Rule, 'volumes'>
  procedure?: string | undefined
  /** Whether a person may approve it. */
  byHand: boolean
  before: unknown
  after: unknown
}

/**
 * Changes of values that running objects or their data cannot follow, in releases that stay: `CHANGES_FIXED_VALUE` (a
 * storage class, a number of shards, what the API server refuses to update), `SHRINKS_STORAGE`, `REMOVES_STORAGE` (a
 * volume that is turned off), `NAMES_NEW_ENTRY` (what has to be there first, such as an authority that pods trust). A finding says what a person does instead; without a procedure of its own, data moves to a
 * new release, by backup and recovery. Of those that the chart lets be
 * carried out by hand, a person approves one at a time (`approveChanges`).
 * @param previous the generated tree at the merge base
 * @param contracts by chart
 * @param locate where a value was set, or what is around one that was taken away
 * @param approved those of the tree
 */
export function guardValues(
  previous: readonly PlannedFile[],
  planned: readonly PlannedFile[],
  contracts: ReadonlyMap<string, Contract>,
  locate: LocateValue,
  approved: readonly ApprovedChange[] = [],
): Finding[] {
  const [old, now] = [textsOf(previous), textsOf(planned)]
  return readReleases(planned).flatMap(({ environment, release, chart }) => {
    const file = valuesPath(environment, release)
    const contract = contracts.get(chart)
    const [before, after] = [old.get(file), now.get(file)]
    // Reading YAML is most of the guard's time, and few files change.
    if (!contract || before === undefined || after === undefined || before === after) return []
    const full = (text: string) => mergeValues(contract.defaults, (parse(text) ?? {}) as JsonObject)
    const name = `${environment}/${release}`
    return findMarkedChanges(contract.schema, full(before), full(after))
      .filter((change) => !(change.byHand && findApproval(approved, name, change)))
      .map((change) => toFinding(change, name, locate(environment, release, change.path)))
  })
}

/** Changes of marked values, of a release with these values before and after. */
export function findMarkedChanges(
  schema: JsonSchema,
  ...releases: readonly [JsonObject, JsonObject]
): Change[] {
  const [former] = releases
  return findChanges(schema, ...releases, [], ({ rule, when = {}, across, in: map = '' }, after) => {
    if (rule === 'listed') return valueAt(former, map, String(after)) === undefined
    const [had, has] = releases.map((values) => across?.some((state) => isSubset(state, values)))
    return releases.every((values) => isSubset(when, values)) && (!across || had !== has)
  })
}

const textsOf = (tree: readonly PlannedFile[]) => new Map(tree.map(({ path, text }) => [path, text]))

/**
 * Changes below a schema; of a map, those of entries that were there and stay, and of others what is `fixed`.
 * @param counts whether the values of the release are such that a mark says something of what a value becomes
 */
function findChanges(
  schema: JsonSchema,
  before: unknown,
  after: unknown,
  path: string[],
  counts: (mark: Mark, after: unknown) => boolean,
): Change[] {
  const mark = readMark(schema)
  if (mark && counts(mark, after)) {
    const { rule, procedure, byHand = false } = mark
    if (rule === 'volumes') return findVolumeChanges(before, after, path)
    return isHarmless(rule, before, after) ? [] : [{ path, rule, procedure, byHand, before, after }]
  }
  if (!isObject(before) || !isObject(after)) return []
  const inner = (key: string, of: JsonSchema) =>
    findChanges(of, before[key], after[key], [...path, key], counts)
  const entries = entrySchema(schema)
  const changed = (key: string): Change[] => {
    if (!entries) return []
    if (key in before && key in after) return inner(key, entries)
    return Object.entries(entries.properties ?? {})
      .filter(([, of]) => readMark(of)?.rule === 'fixed')
      .flatMap(([name, of]) => {
        const [old, planned] = [before[key], after[key]].map((entry) =>
          isObject(entry) ? entry[name] : undefined,
        )
        return findChanges(of, old, planned, [...path, key, name], counts)
      })
  }
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, of]) => inner(key, of)),
    ...[...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(changed),
  ]
}

function readMark(schema: JsonSchema): Mark | undefined {
  const mark = schema['x-opencore-change'] as Rule | Mark | undefined
  return typeof mark === 'string' ? { rule: mark } : mark
}

/** Whether values have at least these, each as it is here; null is a value that nobody set. */
function isSubset(wanted: JsonObject, values: unknown): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const own = isObject(values) ? values[key] : undefined
    return isObject(value) ? isSubset(value, own) : (own ?? null) === value
  })
}

/**
 * Volumes in a list, each known by its `id` or `name`: it stays, never shrinks, and keeps its class. One may be named later:
 * Strimzi goes on with what is there (1.2.0, StorageDiff.java), so the name counts where a volume is made anew. A
 * tablespace says the same of its `storage`.
 */
function findVolumeChanges(before: unknown, after: unknown, path: string[]): Change[] {
  const [old = [], planned = []] = [before, after].map((list) =>
    Array.isArray(list) ? list.filter(isObject) : [],
  )
  const nameOf = (volume: JsonObject) => String(volume['id'] ?? volume['name'])
  return old.flatMap((volume): Change[] => {
    const at = [...path, nameOf(volume)]
    const now = planned.find((other) => nameOf(other) === nameOf(volume))
    const rules = [
      [['size'], 'grow'],
      [['class'], 'once'],
      [['storage', 'size'], 'grow'],
      [['storage', 'storageClass'], 'once'],
    ] as const
    if (!now) {
      const size = valueAt(volume, 'size') ?? valueAt(volume, 'storage', 'size')
      return [{ path: at, rule: 'keep', byHand: false, before: size, after: undefined }]
    }
    return rules
      .map(([keys, rule]) => ({
        path: [...at, ...keys],
        rule,
        byHand: false,
        before: valueAt(volume, ...keys),
        after: valueAt(now, ...keys),
      }))
      .filter((change) => !isHarmless(change.rule, change.before, change.after))
  })
}

function isHarmless(rule: Change['rule'], before: unknown, after: unknown): boolean {
  switch (rule) {
    case 'never':
    case 'fixed':
    case 'listed':
      return JSON.stringify(before) === JSON.stringify(after)
    case 'once':
      return before === undefined || JSON.stringify(before) === JSON.stringify(after)
    case 'grow':
      return before === undefined || (parseQuantity(after) ?? 0) >= (parseQuantity(before) ?? 0)
    case 'keep':
      return before !== true || after === true
  }
}

const fixed = { code: 'CHANGES_FIXED_VALUE', wanted: 'the same value for as long as the objects live' }
const words = {
  never: fixed,
  once: fixed,
  fixed,
  listed: { code: 'NAMES_NEW_ENTRY', wanted: 'one that was there before this change' },
  grow: { code: 'SHRINKS_STORAGE', wanted: 'the same size or more: a volume never shrinks' },
  keep: { code: 'REMOVES_STORAGE', wanted: 'the volume that the data is on' },
}

function toFinding(change: Change, release: string, at: Position): Finding {
  const { path, rule, procedure, before, after, byHand } = change
  const name = path.join('.')
  const approval = byHand ? suggestApproval(release, [path]) : ''
  return {
    code: words[rule].code,
    severity: 'error',
    at,
    found: `${name} of ${release} was ${show(before)} and becomes ${show(after)}`,
    wanted: words[rule].wanted,
    next: `set ${name} back; ${procedure ?? 'data moves only to a new release, by backup and recovery'}${approval}`,
  }
}

/** A map as a whole: its keys may be the same, and one of its values another. */
const show = (value: unknown) => (isObject(value) ? JSON.stringify(value) : showValue(value, ''))
