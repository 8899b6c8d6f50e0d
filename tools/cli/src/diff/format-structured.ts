import { isObject } from '@opencore/contract'
import { identify, type ComparedObject } from '@opencore/delivery'
import { isDeepStrictEqual } from 'node:util'
import { hideValue } from '../deliver/hide-secrets.ts'
import type { ComparedObjects } from './comparison.ts'

/** An entry of helm-diff's structured output, as its `StructuredEntry` is written (v3.15, diff/structured.go). */
interface Entry {
  apiVersion: string
  kind: string
  namespace?: string
  name: string
  changeType: 'ADD' | 'REMOVE' | 'MODIFY'
  resourceStatus: { oldExists: boolean; newExists: boolean }
  changes?: Change[]
  changesSuppressed?: true
}

interface Change {
  /** Keys above the field, with dots; an index stands in brackets. */
  path?: string
  field: string
  change: 'add' | 'remove' | 'replace'
  oldValue?: unknown
  newValue?: unknown
}

/**
 * What differs as `helm diff --output structured` says it, for what reads that: an entry an object, ungrouped. What a Secret
 * holds is suppressed, and elsewhere hidden what may be a secret.
 */
export function formatStructured({ before, after }: ComparedObjects): string {
  const [old, now] = [before, after].map((side) => new Map(side.map((object) => [identify(object), object])))
  const ids = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort()
  const entries = ids.flatMap((id) => describe(old?.get(id), now?.get(id)))
  return JSON.stringify(entries, null, 2)
}

function describe(old: ComparedObject | undefined, now: ComparedObject | undefined): Entry[] {
  const object = old ?? now
  if (object === undefined || isDeepStrictEqual(old, now)) return []
  const { apiVersion, kind, metadata } = object
  const changes = old && now ? hideChanges(listChanges(old, now, []), old, now) : []
  return [
    {
      apiVersion,
      kind,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      name: metadata.name,
      changeType: old === undefined ? 'ADD' : now === undefined ? 'REMOVE' : 'MODIFY',
      resourceStatus: { oldExists: old !== undefined, newExists: now !== undefined },
      ...(kind === 'Secret' ? { changesSuppressed: true } : changes.length > 0 && { changes }),
    },
  ]
}

type Keys = readonly (string | number)[]

interface Difference {
  keys: Keys
  change: Change['change']
}

/** As a merge patch sees it: maps key by key, lists item by item, what comes leaf by leaf, what goes as a whole. */
function listChanges(old: unknown, now: unknown, keys: Keys): Difference[] {
  if (isDeepStrictEqual(old, now)) return []
  if (Array.isArray(now)) return listItems(Array.isArray(old) ? old : [], now, keys)
  if (!isObject(now)) return [describeChange(old, now, keys)]
  const map = isObject(old) ? old : {}
  const names = [...new Set([...Object.keys(map), ...Object.keys(now)])].sort()
  return names.flatMap((name) => listChanges(map[name], now[name], [...keys, name]))
}

function listItems(old: readonly unknown[], now: readonly unknown[], keys: Keys): Difference[] {
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => {
    const [was, becomes] = [old[index], now[index]]
    const isInner = isObject(was) && isObject(becomes)
    if (isInner) return listChanges(was, becomes, [...keys, index])
    return isDeepStrictEqual(was, becomes) ? [] : [describeChange(was, becomes, [...keys, index])]
  }).flat()
}

const describeChange = (old: unknown, now: unknown, keys: Keys): Difference => ({
  keys,
  change: (old ?? undefined) === undefined ? 'add' : (now ?? undefined) === undefined ? 'remove' : 'replace',
})

/** With the values as they are shown: an index does not say what it is the index of, so that objects are hidden as a whole. */
function hideChanges(
  differences: readonly Difference[],
  ...objects: [ComparedObject, ComparedObject]
): Change[] {
  const [old, now] = objects.map((object) => hideValue(object, []))
  return differences.map(({ keys, change }) => {
    const path = formatPath(keys.slice(0, -1))
    return {
      ...(path !== '' && { path }),
      field: String(keys.at(-1) ?? ''),
      change,
      ...(change !== 'add' && { oldValue: readAt(old, keys) }),
      ...(change !== 'remove' && { newValue: readAt(now, keys) }),
    }
  })
}

const readAt = (value: unknown, keys: Keys): unknown =>
  keys.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )

/** `spec.template.spec.containers[0]`; a key that is a number looks like an index, there as here. */
function formatPath(keys: Keys): string {
  return keys.reduce<string>((path, key) => {
    if (/^\d+$/.test(String(key))) return `${path}[${String(key)}]`
    return path === '' ? String(key) : `${path}.${String(key)}`
  }, '')
}
