import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readApiSources } from './read-api-sources.ts'

describe(readApiSources, () => {
  it('reads every entry of apis.yaml', () => {
    const sources = readApiSources(readFileSync(new URL('../apis.yaml', import.meta.url), 'utf8'))
    expect(sources.map(({ name }) => name)).toContain('kubernetes')
    expect(new Set(sources.map(({ name }) => name)).size).toBe(sources.length)
  })

  it('names an entry that is neither a module nor a URL', () => {
    expect(() => readApiSources('apis: [{name: x, for: y}]')).toThrow('entry 1')
  })
})
