import type { JsonSchema } from '@opencore/contract'
import { CHOSEN, isFreeText, ITEM, stepsOf, type Step } from './walk-schema.ts'

/** Where a chart's own schema lets somebody choose text: a key of a map of names, or a value. */
export interface SchemaPlace {
  kind: 'key' | 'text'
  /** As `pattern` of a TextPlace. */
  pattern: string
  steps: readonly Step[]
}

/** All of them, without what is in types of APIs: those go on as they are, all in the same way. */
export function listSchemaPlaces(root: JsonSchema): SchemaPlace[] {
  const places: SchemaPlace[] = []
  const visit = (schema: JsonSchema, steps: readonly Step[]): void => {
    const pattern = steps.map(({ key }) => `/${key === CHOSEN || key === ITEM ? '*' : key}`).join('')
    if (steps.at(-1)?.key === CHOSEN) places.push({ kind: 'key', pattern, steps })
    if (refersToApi(schema)) return
    if (isFreeText(root, schema)) places.push({ kind: 'text', pattern, steps })
    for (const step of stepsOf(root, schema)) visit(step.schema, [...steps, step])
  }
  visit(root, [])
  return places
}

function refersToApi({ $ref, allOf = [], anyOf = [], oneOf = [] }: JsonSchema): boolean {
  return $ref !== undefined || [...allOf, ...anyOf, ...oneOf].some(refersToApi)
}
