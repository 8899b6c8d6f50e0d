import { expect, test } from 'vitest'
import { withoutValue } from './without-value.ts'

test.each([
  [
    'spec.selector: Invalid value: {"matchLabels":{"app":"a: b"}}: field is immutable',
    'spec.selector: Invalid value: field is immutable',
  ],
  [
    'spec.replicas: Invalid value: -1: must be greater than 0',
    'spec.replicas: Invalid value: must be greater than 0',
  ],
  ['data.key: Invalid value: "hunter2"', 'data.key: Invalid value'],
  // Of a value that ends like a reason nothing can be told apart.
  ['spec.template: Invalid value: {"env":"x: hunter2"}', 'spec.template: Invalid value'],
  ['spec.type: Unsupported value: "hunter2": supported values: "a", "b"', 'spec.type: Unsupported value'],
  ['pods "a" is forbidden: exceeded quota: all', 'pods "a" is forbidden: exceeded quota: all'],
])('%s', (message, expected) => {
  expect(withoutValue(message)).toBe(expected)
})
