import { isObject, type JsonSchema } from '@opencore/contract'

/** One way to go on from a schema: to a value under a fixed key, under a key that somebody chooses, or in a list. */
export interface Step {
  key: string | typeof CHOSEN | typeof ITEM
  schema: JsonSchema
}

export const CHOSEN = Symbol('a key that somebody chooses')
export const ITEM = Symbol('an item of a list')

/** What a schema says, without references: it and every branch of it. */
export function branchesOf(root: JsonSchema, schema: JsonSchema): JsonSchema[] {
  const [, name = ''] = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? '') ?? []
  const target = root.definitions?.[name]
  const branches = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return [schema, ...[...(target ? [target] : []), ...branches].flatMap((branch) => branchesOf(root, branch))]
}

/** What a place may hold. */
export function stepsOf(root: JsonSchema, schema: JsonSchema): Step[] {
  return branchesOf(root, schema).flatMap(
    ({ properties, patternProperties, additionalProperties, items }) => [
      ...Object.entries(properties ?? {}).map(([key, inner]) => ({ key, schema: inner })),
      ...[...Object.values(patternProperties ?? {}), additionalProperties].flatMap((entry) =>
        entry === true || isObject(entry)
          ? [{ key: CHOSEN, schema: isObject(entry) ? entry : {} } as const]
          : [],
      ),
      ...(items ? [{ key: ITEM, schema: items } as const] : []),
    ],
  )
}

/** Whether somebody chooses the text of a value: a string that is not one of a few. */
export function isFreeText(root: JsonSchema, schema: JsonSchema): boolean {
  const branches = branchesOf(root, schema)
  return (
    branches.some(({ type }) => [type].flat().includes('string')) &&
    branches.every(({ enum: few, const: one }) => few === undefined && one === undefined)
  )
}
