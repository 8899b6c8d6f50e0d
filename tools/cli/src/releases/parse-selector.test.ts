import { describe, expect, it } from 'vitest'
import { parseSelector } from './parse-selector.ts'

const keys = ['chart', 'release', 'environment']
const labels = { chart: 'service', release: 'accounts' }

describe(parseSelector, () => {
  it.each([
    ['chart=service', true],
    ['chart==service,release=cards', false],
    ['chart!=service', false],
    ['release in (accounts, cards)', true],
    ['release notin (accounts,cards)', false],
    ['chart=service, release in (cards,accounts)', true],
    ['environment', false],
    ['!environment', true],
  ])('%s -> %s', (text, expected) => {
    const result = parseSelector(text, keys)
    expect(result.ok && result.value(labels)).toBe(expected)
  })

  it.each(['', 'chart=a b', 'colour=red', 'release in accounts'])('refuses "%s"', (text) => {
    const result = parseSelector(text, keys)
    expect(result.ok).toBe(false)
  })

  it('reports every wrong part at once', () => {
    const result = parseSelector('colour=red,chart=service,size>3', keys)
    expect(result.ok ? [] : result.findings.map(({ found }) => found)).toEqual([
      '"colour=red" is not a selector on releases',
      '"size>3" is not a selector on releases',
    ])
  })
})
