import { readContract, type JsonObject } from '@opencore/contract'
import { describe, expect, test } from 'vitest'
import { printManifest } from '../print-manifest.ts'
import { approveChanges, type ChangeTarget } from './approve-changes.ts'
import {
  approvedChangesPath,
  planApprovedChanges,
  readApprovedChanges,
  type ApprovedChange,
} from './approved-changes.ts'
import { guardValues } from './guard-values.ts'

const leaf = (more: JsonObject) => ({ 'x-opencore-owner': 'platform', type: 'string', ...more })
const never = (more: JsonObject) => leaf({ 'x-opencore-change': { rule: 'never', ...more } })
const schema = {
  properties: {
    policy: never({ procedure: 'a person deletes it first', byHand: true }),
    name: never({ procedure: 'a new release takes over' }),
    image: leaf({ default: 'one' }),
  },
}
const contracts = new Map([['service', readContract('service', schema)]])
const releases = [{ release: 'ledger', chart: 'service', purpose: 'services', namespace: 'banking' }]
const tree = (values: JsonObject) => [
  { path: 'argocd/dev/releases.yaml', text: printManifest({ releases }, []) },
  { path: 'argocd/dev/values/ledger.yaml', text: printManifest(values, []) },
]
const approve = (
  before: JsonObject,
  after: JsonObject,
  targets: ChangeTarget[],
  kept: ApprovedChange[] = [],
) => approveChanges(tree(before), tree(after), contracts, kept, targets)
const guard = (before: JsonObject, after: JsonObject, approved: ApprovedChange[] = []) =>
  guardValues(tree(before), tree(after), contracts, () => ({ file: 'x' }), approved)

const target = 'dev/ledger:policy'
const approval = {
  release: 'dev/ledger',
  value: 'policy',
  was: 'a',
  becomes: 'b',
  procedure: 'a person deletes it first',
}

describe(approveChanges, () => {
  test('writes down one change with its procedure, which the guard lets pass then, and no other', () => {
    expect(guard({ policy: 'a' }, { policy: 'b' })).toMatchObject([
      {
        code: 'CHANGES_FIXED_VALUE',
        next: "set policy back; a person deletes it first; a person who will do it by hand says so: opencore generate --allow-change 'dev/ledger:policy'",
      },
    ])
    expect(approve({ policy: 'a' }, { policy: 'b' }, [{ target }])).toEqual({ ok: true, value: [approval] })
    expect(guard({ policy: 'a' }, { policy: 'b' }, [approval])).toEqual([])
    expect(guard({ policy: 'a' }, { policy: 'c' }, [approval])).toHaveLength(1)
    expect(guard({ policy: 'c' }, { policy: 'b' }, [approval])).toHaveLength(1)
    expect(guard({ policy: 'a' }, { policy: 'b' }, [{ ...approval, release: 'live/ledger' }])).toHaveLength(1)
  })

  test('an approval that somebody wrote by hand lets nothing pass that is nothing to do by hand', () => {
    const written = { ...approval, value: 'name' }
    expect(guard({ name: 'a' }, { name: 'b' }, [written])).toHaveLength(1)
  })

  test('takes what a person says of a value that the chart does not mark', () => {
    const own = { target: 'dev/ledger:image', procedure: 'kubectl delete job ledger' }
    expect(approve({}, { image: 'two' }, [own])).toEqual({
      ok: true,
      value: [
        {
          release: 'dev/ledger',
          value: 'image',
          was: 'one',
          becomes: 'two',
          procedure: 'kubectl delete job ledger',
        },
      ],
    })
  })

  test.each([
    ['what does not change', 'dev/ledger:policy', {}, 'CHANGE_TARGET: `dev/ledger:policy` does not change'],
    [
      'what nobody has',
      'dev/ledgr:image',
      { image: 'two' },
      'CHANGE_TARGET: `dev/ledgr:image` does not change',
    ],
    [
      'what nobody can do by hand',
      'dev/ledger:name',
      { name: 'other' },
      'CHANGE_TARGET: `dev/ledger:name` is nothing that a person can carry out where it runs',
    ],
    [
      'what nobody says how to do',
      'dev/ledger:image',
      { image: 'two' },
      'CHANGE_PROCEDURE: `dev/ledger:image` is approved, and nobody says what is done by hand',
    ],
  ])('refuses %s', (_, wrong, after, said) => {
    const result = approve({}, after, [{ target: wrong }])
    expect(result.ok ? [] : result.findings.map(({ code, found }) => `${code}: ${found}`)).toEqual([said])
  })

  test('an approval stays while its value does, and goes with it', () => {
    const kept = (before: JsonObject, after: JsonObject) => approve(before, after, [], [approval])
    expect(kept({ policy: 'a' }, { policy: 'b' })).toEqual({ ok: true, value: [approval] })
    expect(kept({ policy: 'b' }, { policy: 'b' })).toEqual({ ok: true, value: [approval] })
    expect(kept({ policy: 'b' }, { policy: 'a' })).toEqual({ ok: true, value: [] })
    // Where the main branch has it, it lets nothing pass: neither back nor the same way again.
    expect(guard({ policy: 'b' }, { policy: 'a' }, [approval])).toHaveLength(1)
  })
})

describe(readApprovedChanges, () => {
  test('reads what was written', () => {
    const { release, procedure } = approval
    const changes = [approval, { release, value: 'first', procedure }]
    const [file] = planApprovedChanges(changes)
    expect(file?.path).toBe(approvedChangesPath)
    const read = readApprovedChanges(new TextEncoder().encode(file?.text))
    expect(read).toEqual({ ok: true, value: [changes[1], approval] })
    expect(planApprovedChanges([])).toEqual([])
    expect(readApprovedChanges(undefined)).toEqual({ ok: true, value: [] })
  })

  test('refuses what nobody wrote so', () => {
    const read = readApprovedChanges(new TextEncoder().encode('changes:\n  - release: dev/ledger\n'))
    expect(read).toMatchObject({ ok: false, findings: [{ code: 'APPROVED_CHANGES_FILE', at: { line: 1 } }] })
  })
})
