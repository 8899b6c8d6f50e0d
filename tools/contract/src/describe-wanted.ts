import type { JsonSchema } from './json-schema.ts'

const nouns: Record<string, string> = {
  integer: 'an integer',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
}

/** What a schema takes, in a few words: `an integer from 1 to 65535`, `one of TCP, UDP`. */
export function describeWanted(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.map(String).join(', ')}`
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (isQuantity(schema)) return 'a quantity such as 250m, 512Mi or 2'
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (branches.length > 0) return unique(branches.map(describeBranch)).join(' or ')
  const noun = [schema.type ?? []].flat().map((type) => nouns[type] ?? type)
  return [unique(noun).join(' or ') || 'another value', ...describeLimits(schema)].join(' ')
}

const describeBranch = (schema: JsonSchema) =>
  schema.type === undefined && schema.enum === undefined ? 'a map' : describeWanted(schema)
const isQuantity = ({ pattern }: JsonSchema) => typeof pattern === 'string' && pattern.includes('numkMGTPE')
const unique = (texts: string[]) => [...new Set(texts)]

function describeLimits(schema: JsonSchema): string[] {
  const range = (low: string, high: string, unit: string) => {
    const [from, to] = [schema[low] as number | undefined, schema[high] as number | undefined]
    if (from !== undefined && to !== undefined) return [`from ${from} to ${to}${unit}`]
    if (from !== undefined) return [`of ${from}${unit} or more`]
    return to === undefined ? [] : [`of ${to}${unit} or less`]
  }
  const say = (keyword: string) => String(schema[keyword])
  return [
    ...range('minimum', 'maximum', ''),
    ...(schema['exclusiveMinimum'] === undefined ? [] : [`above ${say('exclusiveMinimum')}`]),
    ...(schema['exclusiveMaximum'] === undefined ? [] : [`below ${say('exclusiveMaximum')}`]),
    ...(schema['multipleOf'] === undefined ? [] : [`that is a multiple of ${say('multipleOf')}`]),
    ...range('minLength', 'maxLength', ' characters'),
    ...range('minItems', 'maxItems', ' items'),
    ...range('minProperties', 'maxProperties', ' keys'),
    ...(schema['pattern'] === undefined ? [] : [`that matches ${say('pattern')}`]),
    ...(schema['format'] === undefined ? [] : [`that is a ${say('format')}`]),
    ...(schema['uniqueItems'] === true ? ['without repetition'] : []),
  ]
}
