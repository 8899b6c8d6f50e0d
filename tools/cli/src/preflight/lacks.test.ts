import { formatFinding } from '@opencore/contract/findings'
import { expect, test } from 'vitest'
import { lacksOf } from './lacks.ts'
import { hidden, missing, ok, wrong, wrongSoon, type Row } from './row.ts'

const subject = { what: 'Argo CD', wanted: '3.5 or newer', next: 'kubectl apply' }
const lacks = (...rows: readonly Row[]) =>
  lacksOf(rows.map((row) => ({ of: 'hub', ...row }))).map(formatFinding)

test('what is missing or wrong is a finding each, under its own code where it has one', () => {
  const rows = [missing(subject), wrong(subject, '3.4.9'), { ...wrong(subject, 'dev'), code: 'HUB_SHARED' }]
  expect(lacks(...rows).join('\n')).toMatchInlineSnapshot(`
    "hub: Argo CD: nothing  [PREFLIGHT_MISSING]
      want  3.5 or newer
      next  kubectl apply
    hub: Argo CD: 3.4.9  [PREFLIGHT_WRONG]
      want  3.5 or newer
      next  kubectl apply
    hub: Argo CD: dev  [HUB_SHARED]
      want  3.5 or newer
      next  kubectl apply"
  `)
})

test('what is right, will be wrong or cannot be seen is held against nobody', () => {
  expect(lacks(ok(subject, '3.6.1'), wrongSoon(subject, 'until then'), hidden(subject, 'no'))).toEqual([])
})
