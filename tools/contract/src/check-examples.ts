import { isGroup, type Contract } from './contract.ts'
import { describeErrors, type ValueError } from './describe-errors.ts'
import type { Finding } from './finding.ts'
import type { JsonObject, JsonSchema } from './json-schema.ts'
import { mergeValues } from './merge-values.ts'
import { fromPointer, nestAt, toPointer } from './pointer.ts'
import { validate } from './validator.ts'
import type { Locate } from './yaml-locator.ts'

/**
 * Defaults and examples that their own schema refuses. An example is taken as a user would set it: over the
 * chart's defaults, together with what its `x-opencore-with` says. What several examples share is said once.
 */
export function checkExamples(contract: Contract, locate: Locate): Finding[] {
  const { schema, defaults, leaves } = contract
  const said = new Set<string>()
  const findings = checkDefaults(contract).map((error) => {
    said.add(error.found)
    const at = locate(`${sourcePointer(schema, error.pointer)}/default`)
    return finding(
      'SCHEMA_DEFAULT',
      at,
      `by default, ${error.found}`,
      error.wanted,
      'correct the default or the schema',
    )
  })
  for (const { pointer, examples, with: needed } of leaves)
    for (const [index, example] of examples.entries()) {
      const set = mergeValues(mergeValues(defaults, needed), nestAt(pointer, example) as JsonObject)
      const at = locate(`${sourcePointer(schema, pointer)}/examples/${index}`)
      for (const { found, wanted } of describeErrors(validate(schema, set))) {
        if (said.has(found)) continue
        said.add(found)
        findings.push(finding('SCHEMA_EXAMPLE', at, `with this example, ${found}`, wanted, correctExample))
      }
    }
  return findings
}

const correctExample = 'correct the example, or add to `x-opencore-with` what must also be set'

/** Keys may still be missing in the defaults: that is what a user must set. */
function checkDefaults({ schema, defaults }: Contract): ValueError[] {
  return describeErrors(validate(schema, defaults)).filter(({ code }) => code !== 'VALUES_MISSING')
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
