import type { Finding } from '@opencore/contract'
import { describe, expect, test } from 'vitest'
import { formatFindings } from './format-findings.ts'

const finding: Finding = {
  code: 'VALUES_SCHEMA',
  severity: 'error',
  at: { file: 'a.yaml', line: 3, column: 5 },
  found: '<b> & "c" | d',
  wanted: 'an `integer`',
  next: 'fix\nit',
}
const warning: Finding = { ...finding, severity: 'warning', at: { file: 'b.yaml' }, found: 'old\u0007' }

describe(formatFindings, () => {
  test('prints json with one order of keys', () => {
    const { at, next, code, ...rest } = finding
    expect(formatFindings([{ next, ...rest, at, code }], 'json')).toBe(formatFindings([finding], 'json'))
    expect(JSON.parse(formatFindings([finding, warning], 'json'))).toEqual([finding, warning])
  })

  test('prints junit that escapes markup and control characters', () => {
    expect(formatFindings([finding, warning], 'junit')).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="opencore verify" tests="2" failures="1">
        <testsuite name="a.yaml" tests="1" failures="1">
          <testcase classname="a.yaml" name="VALUES_SCHEMA a.yaml:3:5">
            <failure type="VALUES_SCHEMA" message="&lt;b&gt; &amp; &quot;c&quot; | d">a.yaml:3:5: &lt;b&gt; &amp; &quot;c&quot; | d  [VALUES_SCHEMA]&#10;  want  an \`integer\`&#10;  next  fix&#10;it</failure>
          </testcase>
        </testsuite>
        <testsuite name="b.yaml" tests="1" failures="0">
          <testcase classname="b.yaml" name="VALUES_SCHEMA b.yaml">
            <system-out>b.yaml: old�  [VALUES_SCHEMA] (warning)&#10;  want  an \`integer\`&#10;  next  fix&#10;it</system-out>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `)
  })

  test('prints markdown that escapes markup', () => {
    expect(formatFindings([finding, warning], 'markdown')).toMatchInlineSnapshot(`
      "**1 errors, 1 warnings**

      ### a.yaml

      | | found | wanted | next |
      |---|---|---|---|
      | error \`VALUES_SCHEMA\` | \\<b\\> & "c" \\| d (line 3:5) | an \\\`integer\\\` | fix<br>it |

      ### b.yaml

      | | found | wanted | next |
      |---|---|---|---|
      | warning \`VALUES_SCHEMA\` | old | an \\\`integer\\\` | fix<br>it |
      "
    `)
  })

  test('keeps a comment below the limit of 65,536 characters', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({ ...finding, at: { file: `${index}.yaml` } }))
    const text = formatFindings(many, 'markdown')
    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/\n\d+ more files have findings: run opencore verify\.\n$/)
  })

  test('says that there is nothing to say', () => {
    expect(formatFindings([], 'markdown')).toBe('No findings.\n')
    expect(formatFindings([], 'json')).toBe('[]\n')
  })
})
