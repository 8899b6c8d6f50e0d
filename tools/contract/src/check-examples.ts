import { isGroup, type Contract } from './contract.ts'
import { describeErrors } from './describe-errors.ts'
import type { Finding } from './finding.ts'
import type { JsonObject, JsonSchema } from './json-schema.ts'
import { mergeValues } from './merge-values.ts'
import { fromPointer, nestAt, toPointer } from './pointer.ts'
import { validate } from './validator.ts'
import type { Locate } from './yaml-locator.ts'

/**
 * Defaults and examples that their own schema refuses. An example is taken as a user would set it: over the
 * chart's defaults, together with what its `x-opencore-with` says.
 */
export function checkExamples(contract: Contract, locate: Locate): Finding[] {
  return [...checkDefaults(contract, locate), ...checkEachExample(contract, locate)]
}

/** Keys may still be missing in the defaults: that is what a user must set. */
function checkDefaults({ schema, defaults }: Contract, locate: Locate): Finding[] {
  return describeErrors(validate(schema, defaults))
    .filter(({ code }) => code !== 'VALUES_MISSING')
    .map(({ pointer, found, wanted }) => {
      const at = locate(`${sourcePointer(schema, pointer)}/default`)
      return finding(
        'SCHEMA_DEFAULT',
        at,
        `the chart's default does not fit its own schema: ${found}`,
        wanted,
        'correct the default or the schema',
      )
    })
}

function checkEachExample({ schema, defaults, leaves }: Contract, locate: Locate): Finding[] {
  return leaves.flatMap((leaf) =>
    leaf.examples.flatMap((example, index) => {
      const set = mergeValues(mergeValues(defaults, leaf.with), nestAt(leaf.pointer, example) as JsonObject)
      const errors = describeErrors(validate(schema, set))
      const at = locate(`${sourcePointer(schema, leaf.pointer)}/examples/${index}`)
      return errors.map(({ found, wanted }) =>
        finding(
          'SCHEMA_EXAMPLE',
          at,
          `with this example, ${found}`,
          wanted,
          'correct the example, or add to `x-opencore-with` what must also be set',
        ),
      )
    }),
  )
}

/** Where values.schema.yaml describes the key at a pointer into the values; no deeper than its leaf. */
function sourcePointer(root: JsonSchema, pointer: string): string {
  const path: string[] = []
  let at: JsonSchema | undefined = root
  for (const key of fromPointer(pointer)) {
    if (!at || !isGroup(at)) break
    path.push('properties', key)
    at = at.properties[key]
  }
  return toPointer(path)
}

const finding = (code: string, at: Finding['at'], found: string, wanted: string, next: string): Finding => ({
  code,
  severity: 'error',
  at,
  found,
  wanted,
  next,
})
