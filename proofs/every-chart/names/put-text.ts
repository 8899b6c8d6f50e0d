import { isObject, type JsonObject } from '@opencore/contract'
import type { TextPlace } from './list-text-places.ts'

/** Whether a key stands beside the one that is there or for it, and whether what has the same name is renamed with it. */
export type Manner = 'beside' | 'instead' | 'everywhere'

/** The values with other text at a place. */
export function putText(values: JsonObject, place: TextPlace, text: string, manner: Manner): JsonObject {
  if (manner === 'everywhere') return rename(values, textAt(values, place), text) as JsonObject
  const copy = structuredClone(values)
  const holder = place.path.slice(0, -1).reduce<unknown>(readStep, copy)
  const last = place.path.at(-1) ?? ''
  if (Array.isArray(holder)) holder[Number(last)] = text
  else if (isObject(holder)) {
    if (place.kind === 'text') holder[last] = text
    else holder[text] = holder[last]
    if (place.kind === 'key' && manner === 'instead') Reflect.deleteProperty(holder, last)
  }
  return copy
}

function textAt(values: JsonObject, { path, kind }: TextPlace): unknown {
  return kind === 'key' ? path.at(-1) : path.reduce<unknown>(readStep, values)
}

function rename(value: unknown, from: unknown, to: string): unknown {
  if (value === from) return to
  if (Array.isArray(value)) return value.map((item) => rename(item, from, to))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => [
    key === from ? to : key,
    rename(inner, from, to),
  ])
  return Object.fromEntries(entries) as JsonObject
}

function readStep(value: unknown, step: string | number): unknown {
  return Array.isArray(value) ? value[Number(step)] : isObject(value) ? value[step] : undefined
}
