import { describe, expect, it } from 'vitest'
import { replaceValues } from './replace-values.ts'

const text = `import { roleOf, zones } from '../regions.ts'

const other = { name: 'other' }

/** Where “staging” is. */
export const environment = defineEnvironment({
  name: 'staging', // not production
  role: roleOf('a'),
  'zones': ['a', 'b'],
  addresses: { api: [{ cidrs: ['10.0.0.0/8'], of: 'service' }], ...more },
  identity: { roles: { 'accounts-db': 'one' } },
  lists: [...zones, 'c'],
})
`
const place = { file: 'index.ts', exportName: 'environment' }

describe(replaceValues, () => {
  it('replaces what is written out, and leaves every other byte', () => {
    const replaced = replaceValues(place, text, [
      { path: ['identity', 'roles', 'accounts-db'], value: 'two' },
      { path: ['name'], value: "qa's" },
      { path: ['zones'], value: ['x', 'y', 'z'] },
    ])
    expect(replaced).toEqual({
      computed: [],
      text: text
        .replace("name: 'staging'", 'name: "qa\'s"')
        .replace("['a', 'b']", '["x","y","z"]')
        .replace("'one'", '"two"'),
    })
  })

  it.each([
    ['is computed', ['role']],
    ['is behind a spread', ['addresses', 'api', 0, 'cidrs']],
    ['comes after a spread', ['lists']],
    ['is not there', ['identity', 'roles', 'ledger-db']],
    ['is no text', ['identity']],
  ])('replaces nothing where one %s, and says which', (_, path) => {
    const replacements = [
      { path, value: 'x' },
      { path: ['name'], value: 'qa' },
    ]
    expect(replaceValues(place, text, replacements)).toEqual({ text, computed: [path] })
  })
})
