import { expect, test } from 'vitest'
import { containsBlock, overlapsBlock } from './address-block.ts'

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', false],
  ['0.0.0.0/0', '::/0', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
  ['10.0.0.0/33', '10.0.0.0/33', false],
  ['nonsense', '10.0.0.0/8', false],
])('%s contains %s: %s', (outer, inner, answer) => {
  expect(containsBlock(outer, inner)).toBe(answer)
})

test('blocks overlap when one contains the other, either way round', () => {
  expect(overlapsBlock('10.1.0.0/16', '10.0.0.0/8')).toBe(true)
  expect(overlapsBlock('10.1.0.0/16', '10.2.0.0/16')).toBe(false)
})
