import { isObject, type JsonObject, type JsonSchema } from '@opencore/contract'
import { CHOSEN, isFreeText, ITEM, stepsOf } from './walk-schema.ts'

/** Where somebody who writes values chose text. */
export interface TextPlace {
  /** As the schema has it, each chosen key and each item as `*`. */
  pattern: string
  path: readonly (string | number)[]
  kind: 'key' | 'text'
}

/**
 * Every such place of some values, as their schema says: the keys of objects whose keys it does not fix, and strings that
 * are not one of a few.
 */
export function listTextPlaces(root: JsonSchema, values: JsonObject): TextPlace[] {
  const places: TextPlace[] = []
  const visit = (schema: JsonSchema, value: unknown, path: TextPlace['path'], pattern: string): void => {
    const steps = stepsOf(root, schema)
    if (typeof value === 'string' && isFreeText(root, schema)) places.push({ pattern, path, kind: 'text' })
    else if (Array.isArray(value))
      value.forEach((item, index) => {
        for (const step of steps.filter(({ key }) => key === ITEM))
          visit(step.schema, item, [...path, index], `${pattern}/*`)
      })
    else if (isObject(value))
      for (const [key, inner] of Object.entries(value)) {
        const fixed = steps.filter((step) => step.key === key)
        const chosen = steps.filter((step) => step.key === CHOSEN)
        if (fixed.length === 0 && chosen.length > 0)
          places.push({ pattern: `${pattern}/*`, path: [...path, key], kind: 'key' })
        for (const step of fixed.length > 0 ? fixed : chosen)
          visit(step.schema, inner, [...path, key], `${pattern}/${fixed.length > 0 ? key : '*'}`)
      }
  }
  visit(root, values, [], '')
  return places
}
