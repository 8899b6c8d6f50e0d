import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { printYaml } from './print-yaml.ts'

/** Strings that YAML 1.1 or 1.2 readers take for something else when they stand bare. */
const traps = [
  ...['no', 'No', 'NO', 'on', 'off', 'yes', 'y', 'N', 'true', 'FALSE', 'null', 'Null', '~', ''],
  ...[
    '010',
    '0o10',
    '0b101',
    '0x1F',
    '1_000',
    '1e3',
    '1E5',
    'E0',
    'e+5',
    '.5',
    '5.',
    '+1',
    '-1',
    '1:30',
    '190:20:30',
    '-0',
  ],
  ...[
    '.inf',
    '-.INF',
    '.nan',
    'NaN',
    'infinity',
    '12345678901234567890',
    '2026-01-01',
    '2026-01-01T00:00:00Z',
  ],
  ...[
    '<<',
    '=',
    '-',
    '- a',
    '?',
    ': ',
    ':',
    'a:',
    'a: b',
    'a #b',
    '# a',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a`',
  ],
  ...[
    '|',
    '>',
    '[',
    ']',
    '{a}',
    "'",
    '"',
    '\\',
    'a\tb',
    ' a',
    'a ',
    'a\n',
    '\na',
    'a\n\nb',
    'a\n b',
    ' a\nb',
    'a \nb',
  ],
  ...[
    'a\r\nb',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u00ad',
    '\u202e',
    '\u0000',
    '\u007f',
    'é',
    '日本',
    '🏦',
    '---',
    '...',
  ],
  ...[
    '{{ .Values.x }}',
    '$(VAR)',
    '${VAR}',
    'key: |',
    '__proto__',
    'constructor',
    'a,b',
    'a, b',
    'http://x:80/y',
    '512Mi',
    '250m',
    '1.5Gi',
    '0m',
  ],
]
const text = fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'grapheme' }), fc.string())
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
)
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('tree'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}))

describe(printYaml, () => {
  it.each(['1.1', '1.2'] as const)('is read back unchanged by YAML %s', (version) => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(parse(printYaml(value), { version, uniqueKeys: true })).toEqual(value)
      }),
      { numRuns: 1000 },
    )
  })

  it.each(traps)('keeps %j as a string, as value, key and item', (trap) => {
    for (const version of ['1.1', '1.2'] as const) {
      const value = { key: trap, map: { [trap]: 1 }, list: [trap, [trap]] }
      expect(parse(printYaml(value), { version })).toEqual(value)
    }
  })

  it('writes what a person would write', () => {
    const value = {
      image: { repository: 'registry.example.org/accounts', tag: '1.10' },
      env: [
        { name: 'A', value: 'no' },
        { name: 'JAVA_OPTS', value: '-Xmx512m' },
      ],
      args: ['--verbose'],
      empty: { list: [], map: {} },
      script: 'set -e\n\nexec app\n',
      matrix: [[1, 2], []],
    }
    expect(printYaml(value)).toMatchInlineSnapshot(`
      "image:
        repository: registry.example.org/accounts
        tag: "1.10"
      env:
        - name: A
          value: "no"
        - name: JAVA_OPTS
          value: "-Xmx512m"
      args:
        - "--verbose"
      empty:
        list: []
        map: {}
      script: |
        set -e

        exec app
      matrix:
        - - 1
          - 2
        - []
      "
    `)
  })

  it('writes large floats with a point, without which YAML 1.1 takes them for text', () => {
    expect(printYaml([1e21, 1.5e-7, 5])).toBe('- 1.0e+21\n- 1.5e-7\n- 5\n')
  })

  it('leaves out what is undefined', () => {
    expect(printYaml({ a: undefined, b: 1 })).toBe('b: 1\n')
  })

  it('refuses what YAML cannot hold', () => {
    expect(() => printYaml({ a: Number.NaN })).toThrow('YAML cannot hold NaN')
    expect(() => printYaml({ a: () => 1 })).toThrow('YAML cannot hold a function')
  })
})
