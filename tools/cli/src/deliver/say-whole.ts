import { isObject } from '@opencore/contract'
import type { FieldChange } from '@opencore/delivery'
import { isDeepStrictEqual } from 'node:util'
import { hideValue } from './hide-secrets.ts'

/**
 * What a field with lists or maps was and is, whole, without what may be a secret; of lists the items that come and go. Nothing of
 * a field that has neither.
 */
export function sayWhole({ path, before, after }: FieldChange): string | undefined {
  if (!isDeep(before) && !isDeep(after)) return undefined
  const say = (value: unknown) =>
    value === undefined ? 'nothing' : JSON.stringify(hideValue(value, path.split('.')))
  if (!Array.isArray(before) || !Array.isArray(after)) return `${say(before)} -> ${say(after)}`
  const [gone, come] = [lacking(before, after), lacking(after, before)]
  if (gone.length === 0 && come.length === 0) return `${say(before)} -> ${say(after)}`
  return [...gone.map((item) => `- ${say([item])}`), ...come.map((item) => `+ ${say([item])}`)].join(' ')
}

/** Whether two images lie in different places: by their names alone they would look alike. */
export function tellImagesApart(sides: readonly unknown[]): boolean {
  const places = sides.map((side) =>
    typeof side === 'string' ? /^([\w.:/-]+?)(?::[\w.-]+)?@sha256:[0-9a-f]{64}$/.exec(side)?.[1] : undefined,
  )
  return places.every((place) => place !== undefined) && new Set(places).size > 1
}

const isDeep = (value: unknown) => isObject(value) || Array.isArray(value)

const lacking = (list: readonly unknown[], other: readonly unknown[]) =>
  list.filter((item) => !other.some((one) => isDeepStrictEqual(one, item)))
