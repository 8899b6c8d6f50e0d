import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { workspaceRoot } from '@opencore/toolchain'
import { expect, test } from 'vitest'
import { leaveOut } from './leave-out.ts'

const assembled = assemblePlatform(await readTree(workspaceRoot()))
const environments = assembled.ok ? assembled.value.environments : []
const names = environments.map(({ definition }) => definition.name)
const strimzi = { source: 'strimzi', group: 'kafka.strimzi.io', reason: 'no address' }

test('releases with kinds of an unreachable source are left out, by name, and no others', () => {
  expect(names).toHaveLength(4)
  const { environments: rest, leftOut } = leaveOut(environments, { skipped: [strimzi] })
  expect(leftOut).toEqual(
    names.map((environment) => ({ application: `${environment}-events`, environment, source: 'strimzi' })),
  )
  for (const [index, { releases }] of rest.entries())
    expect(releases).toEqual(environments[index]?.releases.filter(({ name }) => name !== 'events'))
})

test('nothing is left out where everything was reached', () => {
  expect(leaveOut(environments, { skipped: [] })).toEqual({ environments, leftOut: [] })
})
