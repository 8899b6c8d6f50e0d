import { expect, test } from 'vitest'
import type { Path } from '../json.ts'
import { createLocator } from './create-locator.ts'

const module = `
import { shared } from './shared.ts'
const memory = { memory: '1Gi' }
const base = { replicas: 1, port: 8080 }

export const accounts = defineService({
  name: 'accounts',
  values: {
    ...base,
    'replicas': 3,
    resources: { limits: memory, requests: shared },
    env: append([
      { name: 'A', value: 'é' }, { name: 'B', value: '2' },
    ]),
    computed: compute(1),
    ...shared,
  } satisfies Values<'service'>,
} as const)
export { base as renamed }
`
const locate = createLocator(
  new Map([
    ['a.ts', module],
    ['a.yaml', '# hi\nresources:\n  limits: { memory: 1Gi }\nlist:\n  - a\n  - b: 1\n'],
  ]),
)

const positionOf = (...path: Path) => {
  const { line, column } = locate({ file: 'a.ts', exportName: 'accounts', path })
  return `${line}:${column}`
}

test.each<[string, string, Path]>([
  ['a property', '7:3', ['name']],
  ['a quoted property after a spread', '10:5', ['values', 'replicas']],
  ['a property that only a spread constant has', '4:29', ['values', 'port']],
  ['a property of a constant of the same module', '3:18', ['values', 'resources', 'limits', 'memory']],
  ['an imported value has its enclosing property', '11:34', ['values', 'resources', 'requests', 'cpu']],
  ['an item inside an operator', '13:36', ['values', 'env', 1, 'name']],
  ['a computed value has its property', '15:5', ['values', 'computed', 'deep']],
  ['a key that an imported spread may hold has the spread', '16:5', ['values', 'unknown']],
])('%s is found', (_title, position, path) => {
  expect(positionOf(...path)).toBe(position)
})

test('an export under another name is found', () => {
  expect(locate({ file: 'a.ts', exportName: 'renamed', path: ['port'] })).toEqual({
    file: 'a.ts',
    line: 4,
    column: 29,
  })
})

test.each<[string, Path]>([
  ['2:1', ['resources']],
  ['3:13', ['resources', 'limits', 'memory']],
  ['3:13', ['resources', 'limits', 'memory', 'absent']],
  ['6:5', ['list', 1, 'b']],
])('YAML has %s for %j', (position, path) => {
  const { line, column } = locate({ file: 'a.yaml', path })
  expect(`${line}:${column}`).toBe(position)
})

test('a file without text has no line', () => {
  expect(locate({ file: 'b.ts', path: ['a'] })).toEqual({ file: 'b.ts' })
})
