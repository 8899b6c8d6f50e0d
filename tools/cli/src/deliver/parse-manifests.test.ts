import { describe, expect, test } from 'vitest'
import { parseManifests } from './parse-manifests.ts'
import { readObjects } from './read-side.ts'

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f'].map((name, index) => {
    const before = `*${'abcde'[index] ?? ''}`
    return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`
  }),
].join('\n')

describe(parseManifests, () => {
  test('reads as Kubernetes does, and leaves out what is empty', () => {
    expect(parseManifests('---\nmode: 0440\n---\n---\non: x\n')).toEqual([{ mode: 288 }, { true: 'x' }])
  })

  test.each([
    ['an alias of nothing', 'data: *nothing\n'],
    ['a merge of what is no map', 'kind: Secret\n<<: 1\n'],
    ['a bomb of aliases', bomb],
  ])('takes %s for text that is no object', (_, text) => {
    expect(parseManifests(text)).toEqual([text])
    expect(readObjects(text, 'banking')).toEqual([])
  })
})
