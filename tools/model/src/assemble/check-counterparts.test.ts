import { formatFinding } from '@opencore/contract/findings'
import { expect, test } from 'vitest'
import type { Environment } from '../define/environment.ts'
import { checkCounterparts } from './check-counterparts.ts'
import type { Definitions } from './read-definitions.ts'

type Wanted = Pick<Environment, 'name' | 'tier' | 'role'>

/** What is said of two environments that name each other. */
function check(one: Wanted, two: Wanted): string[] {
  const environments = [
    { ...one, counterpart: { environment: two.name, cidrs: ['10.0.0.0/16'], secretStore: 'regions' } },
    { ...two, counterpart: { environment: one.name, cidrs: ['10.1.0.0/16'], secretStore: 'regions' } },
  ].map((value) => ({ value, place: { file: `${value.name}.ts`, path: [] } }))
  return checkCounterparts({ environments } as unknown as Definitions, ({ file }) => ({ file })).map(
    formatFinding,
  )
}

test('one that serves and one that waits', () => {
  expect(
    check(
      { name: 'west', tier: 'production', role: 'active' },
      { name: 'east', tier: 'production', role: 'standby' },
    ),
  ).toEqual([])
})

test('one that steps down and one that waits', () => {
  expect(
    check(
      { name: 'west', tier: 'production', role: 'stepping-down' },
      { name: 'east', tier: 'production', role: 'standby' },
    ),
  ).toEqual([])
})

test('one that steps down and one that serves already', () => {
  expect(
    check(
      { name: 'west', tier: 'production', role: 'stepping-down' },
      { name: 'east', tier: 'production', role: 'active' },
    )[0],
  ).toMatchInlineSnapshot(`
    "west.ts: \`west\` is stepping-down and \`east\` is active  [COUNTERPART_ROLE]
      want  one that serves (active) or is about to stop (stepping-down), and one that waits (standby)
      next  change \`role\` in one of them"
  `)
})

test('two that serve', () => {
  expect(
    check(
      { name: 'west', tier: 'production', role: 'active' },
      { name: 'east', tier: 'production', role: 'active' },
    ),
  ).toMatchInlineSnapshot(`
    [
      "west.ts: \`west\` and \`east\` are both active  [COUNTERPART_ROLE]
      want  one that serves (active) or is about to stop (stepping-down), and one that waits (standby)
      next  change \`role\` in one of them",
      "east.ts: \`east\` and \`west\` are both active  [COUNTERPART_ROLE]
      want  one that serves (active) or is about to stop (stepping-down), and one that waits (standby)
      next  change \`role\` in one of them",
    ]
  `)
})

test('two tiers', () => {
  expect(
    check(
      { name: 'west', tier: 'production', role: 'active' },
      { name: 'east', tier: 'staging', role: 'standby' },
    ),
  ).toMatchInlineSnapshot(`
    [
      "west.ts: \`west\` is production and \`east\` is staging  [COUNTERPART_TIER]
      want  one tier: data of one would flow into the other
      next  correct the tier, or the counterpart",
      "east.ts: \`east\` is staging and \`west\` is production  [COUNTERPART_TIER]
      want  one tier: data of one would flow into the other
      next  correct the tier, or the counterpart",
    ]
  `)
})
