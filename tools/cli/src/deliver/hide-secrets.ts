import { findSecrets, isObject, isShown, toPointer } from '@opencore/contract'
import type { ChangeGroup, FieldChange } from '@opencore/delivery'
import { hasKnownForm } from './known-forms.ts'

/** What stands in the place of what may be a secret. */
export const HIDDEN = '(hidden)'

/**
 * Groups as a script may read them, and whoever sees its log: with lists and maps as they are, and without what the text
 * would not show either, in any kind of object and in values.
 */
export function hideSecrets(groups: readonly ChangeGroup[]): ChangeGroup[] {
  return groups.map((group) => (group.field ? { ...group, field: hideField(group.field) } : group))
}

function hideField({ path, before, after }: FieldChange): FieldChange {
  const keys = path.split('.')
  return {
    path,
    ...(before !== undefined && { before: hideValue(before, keys) }),
    ...(after !== undefined && { after: hideValue(after, keys) }),
  }
}

/**
 * A value without what may be a secret by its form, by the keys that lead to it, or by the name beside it.
 * @param keys that lead to it
 */
export function hideValue(value: unknown, keys: readonly string[]): unknown {
  const found = new Set(findSecrets(value).map(({ path }) => toPointer(path)))
  return hide(value, [], keys)

  function hide(inner: unknown, path: readonly (string | number)[], known: readonly string[]): unknown {
    if (Array.isArray(inner))
      return inner.map((item, index) => hide(item, [...path, index], [...known, nameOf(item)]))
    if (isObject(inner))
      return Object.fromEntries(
        Object.entries(inner).map(([key, item]) => [
          key,
          // A name is not what it names.
          hide(item, [...path, key], key === 'name' ? [key] : [...known, key]),
        ]),
      )
    if (found.has(toPointer(path))) return HIDDEN
    return hasKnownForm(inner, known) || isShown(inner, toPointer(known)) ? inner : HIDDEN
  }
}

/** Of an item in a list. */
const nameOf = (item: unknown) => (isObject(item) && typeof item['name'] === 'string' ? item['name'] : '')
