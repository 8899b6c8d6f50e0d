import { describe, expect, test } from 'vitest'
import { readLint } from './lint-case.ts'

const read = (output: string, exitCode: number) =>
  readLint(output, exitCode, 'demo', 'a.yaml').map(({ severity, found }) => `${severity} ${found}`)

describe(readLint, () => {
  test('takes errors with the lines that belong to them, and warnings', () => {
    const output = `==> Linting charts/demo
[INFO] Chart.yaml: icon is recommended
[WARNING] templates/cm.yaml: odd
[ERROR] values.yaml: - at '/replicas': got string, want integer
- at '': additional properties 'nmae' not allowed

Error: 1 chart(s) linted, 1 chart(s) failed
`
    expect(read(output, 1)).toEqual([
      'warning chart demo with these values: templates/cm.yaml: odd',
      "error chart demo with these values: values.yaml: - at '/replicas': got string, want integer\n- at '': additional properties 'nmae' not allowed",
    ])
  })

  test('shows the end of the output where no line says why', () => {
    expect(read('a\n\nno such repository\n', 1)).toEqual([
      'error chart demo with these values: ct ended with exit code 1:\na\nno such repository',
    ])
  })

  test('finds nothing in good output', () => {
    expect(read('[INFO] Chart.yaml: icon is recommended\n', 0)).toEqual([])
  })
})
