import { join } from 'node:path'
import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { planPlatform } from './plan-platform.ts'
import { scanReleaseList } from './scan-release-list.ts'

const assembled = assemblePlatform(await readTree(join(import.meta.dirname, '../../model/fixtures/tree')))
const files = assembled.ok ? planPlatform(assembled.value) : []
const lists = files.filter(({ path }) => path.endsWith('/releases.yaml')).map(({ text }) => text)

/** What a reader of YAML reads, in the form of the scan. */
function readAsYaml(text: string) {
  const { releases, ...top } = parse(text) as { releases: object[] }
  return { ...top, releases }
}

const withoutLines = (text: string) => {
  const scanned = scanReleaseList(text)
  return scanned && { ...scanned, releases: scanned.releases.map((each) => ({ ...each, line: undefined })) }
}

test.each(lists)('what the plan prints is scanned as YAML reads it', (text) => {
  expect(withoutLines(text)).toEqual(readAsYaml(text))
  const lines = text.split('\n')
  for (const { line, release } of scanReleaseList(text)?.releases ?? [])
    expect(lines[line - 1]).toBe(`  - release: ${release}`)
})

test('a text that was changed anywhere is scanned as YAML reads it, or not at all', () => {
  const [list = ''] = lists
  const strange = fc.constantFrom(
    '#',
    ':',
    '"',
    "'",
    '\n',
    ' ',
    '-',
    'x',
    '&a ',
    '!',
    '~',
    'null',
    'true',
    '1',
    '.',
    '\t',
    '{',
  )
  fc.assert(
    fc.property(fc.nat(list.length), fc.nat(3), strange, (at, gone, put) => {
      const text = `${list.slice(0, at)}${put}${list.slice(at + gone)}`
      const scanned = withoutLines(text)
      if (scanned) expect(scanned).toEqual(readAsYaml(text))
    }),
    { numRuns: 2000 },
  )
})

test.each([['null'], ['True'], ['1'], ['on: off'], ["'text'"], ['"a\\n"'], ['a #b'], ['&a b']])(
  'a value %s is for a reader of YAML',
  (value) => {
    expect(scanReleaseList((lists[0] ?? '').replace(/deletion: .*/, `deletion: ${value}`))).toBeUndefined()
  },
)
