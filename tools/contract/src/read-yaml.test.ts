import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFinding } from './finding.ts'
import { printYaml } from './print-yaml.ts'
import { readYaml } from './read-yaml.ts'

const rejects = new URL('../fixtures/rejects/yaml/', import.meta.url)
const mistakes = readdirSync(rejects).filter((name) => name.endsWith('.yaml'))
const file = 'accounts.yaml'
const readText = (text: string) => readYaml(new TextEncoder().encode(text), file)
const valueOf = (text: string) => {
  const result = readText(text)
  return result.ok ? result.value.value : result.findings
}

/** Too large to be committed; each would stop a naive reader. */
const huge = {
  'a file of 100 MB': 'a'.repeat(100 * 1024 * 1024),
  'brackets that nest 200,000 deep': '['.repeat(200_000),
  'maps that nest 20,000 deep': '{a: '.repeat(20_000),
  'dashes that nest 60,000 deep': '- '.repeat(60_000),
  'indents that nest 500 deep': Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join(
    '\n',
  ),
}

describe(readYaml, () => {
  it.each(mistakes)('refuses %s', async (name) => {
    const result = readYaml(readFileSync(new URL(name, rejects)), file)
    const text = result.ok ? '' : result.findings.map(formatFinding).join('\n')
    expect(result.ok).toBe(false)
    await expect(`${text}\n`).toMatchFileSnapshot(`../fixtures/rejects/yaml/${name.replace('.yaml', '.txt')}`)
  })

  it.each(Object.entries(huge))('refuses %s', (_, text) => {
    const bytes = new TextEncoder().encode(text)
    const result = readYaml(bytes, file)
    expect(!result.ok && result.findings.map(({ code }) => code)).toEqual([
      bytes.length > 256 * 1024 ? 'YAML_SIZE' : 'YAML_DEPTH',
    ])
  })

  it('reads thousands of keys in linear time', () => {
    const text = Array.from({ length: 15_000 }, (_, index) => `key${index}: 1`).join('\n')
    const start = process.cpuUsage()
    expect(Object.keys(valueOf(text))).toHaveLength(15_000)
    // Comparing each key with each other took 15 s here. Our own time, whatever else the machine does.
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
  })

  it('takes a byte order mark, CRLF, comments and an empty file', () => {
    expect(valueOf('\ufeffa: 1\r\nb:\r\n  - x # y\r\n')).toEqual({ a: 1, b: ['x'] })
    expect(valueOf('---\na: 1\n')).toEqual({ a: 1 })
    expect(valueOf('')).toEqual({})
    expect(valueOf('# nothing\n')).toEqual({})
  })

  it('takes for text what only looks like an anchor, a tag or a bracket', () => {
    const text = 'a: "&x"\nb: x&y *z\nc: |\n  &x\n  *y\n  !z\nd: "[[[["\n'
    expect(valueOf(text)).toEqual({ a: '&x', b: 'x&y *z', c: '&x\n*y\n!z\n', d: '[[[[' })
  })

  it('says where each key stands', () => {
    const result = readText('\ufeffimage:\r\n  tag: a\r\nlist:\r\n  - {x: 1}\r\n')
    const locate = result.ok ? result.value.locate : () => undefined
    expect(locate('/image/tag')).toEqual({ file, line: 2, column: 3 })
    expect(locate('/list/0/x')).toEqual({ file, line: 4, column: 6 })
    expect(locate('/image/tga')).toEqual({ file, line: 1, column: 1 })
  })

  it('reads back what printYaml writes', () => {
    const key = fc
      .stringMatching(/^[a-z][a-zA-Z0-9._/-]{0,12}$/)
      .filter((name) => !['constructor', 'prototype'].includes(name))
    const value = fc.jsonValue({ depthSize: 'small', noUnicodeString: true })
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (map) => {
        const plain = JSON.parse(JSON.stringify(map)) as Record<string, unknown>
        if (/__proto__|constructor|prototype|\d{16}|e[+-]?\d/.test(JSON.stringify(plain))) return
        expect(valueOf(printYaml(plain))).toEqual(plain)
      }),
    )
  })
})
