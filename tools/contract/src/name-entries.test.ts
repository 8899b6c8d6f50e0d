import { describe, expect, it } from 'vitest'
import { describeErrors } from './describe-errors.ts'
import { entrySchema, nameEntries } from './name-entries.ts'
import { validate } from './validator.ts'

describe(nameEntries, () => {
  const entries = { type: 'integer' }

  it.each([
    ['a pattern', { pattern: '^[a-z]+$' }, { a: 1 }, { A: 1 }, 'a key that matches ^[a-z]+$'],
    ['a length', { maxLength: 3 }, { abc: 1 }, { abcd: 1 }, 'a key of 3 characters or less'],
    ['names of others', { not: { pattern: '^x/' } }, { x: 1 }, { 'x/y': 1 }, 'a key that does not match ^x/'],
  ])('takes %s', (_, propertyNames, good, bad, wanted) => {
    const map = nameEntries({ type: 'object', propertyNames, additionalProperties: entries })
    expect(map).not.toHaveProperty('propertyNames')
    expect(entrySchema(map)).toBe(entries)
    expect(validate(map, good)).toEqual([])
    expect(describeErrors(validate(map, bad))).toMatchObject([{ code: 'VALUES_KEY', wanted }])
  })

  it('leaves a map of any names as it is', () => {
    const map = { type: 'object', additionalProperties: entries }
    expect(nameEntries(map)).toBe(map)
  })
})
