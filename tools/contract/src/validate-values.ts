import type { Contract } from './contract.ts'
import { describeErrors } from './describe-errors.ts'
import type { Finding } from './finding.ts'
import { validate } from './validator.ts'
import type { Locate } from './yaml-locator.ts'

/**
 * What is wrong with the values of one release, each mistake once: wrong types, unknown keys (with the near
 * name), missing keys, ranges, patterns.
 * @param contract of the release's chart; keep the object, its validator is compiled once
 * @param values the merged layers, with or without the chart's defaults; what Helm will see must be complete
 * @param locate where the key at a JSON Pointer was set; of what nobody set, the nearest place
 */
export function validateValues({ chart, schema }: Contract, values: unknown, locate: Locate): Finding[] {
  return describeErrors(validate(schema, values)).map(({ code, pointer, found, wanted }) => {
    const next = code === 'VALUES_MISSING' ? 'set it' : 'correct it there'
    return {
      code,
      severity: 'error',
      at: locate(pointer),
      found,
      wanted,
      next: `${next}; charts/${chart}/README.md lists every key`,
    }
  })
}
