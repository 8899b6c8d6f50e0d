import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { workspaceRoot } from '@opencore/toolchain'
import { expect, test } from 'vitest'
import { leaveOut } from './leave-out.ts'

const assembled = assemblePlatform(await readTree(workspaceRoot()))
const environments = assembled.ok ? assembled.value.environments : []
const names = environments.map(({ definition }) => definition.name)
const strimzi = { source: 'strimzi', group: 'kafka.strimzi.io', reason: 'no address' }

const externalSecrets = { source: 'external-secrets', group: 'external-secrets.io', reason: 'no address' }

/** Kafka of one release, a secret from a store of another, and nothing of theirs in the rest. */
const apiOf: Readonly<Record<string, string>> = {
  events: 'kafka.strimzi.io/v1',
  notifications: 'external-secrets.io/v1',
}
const rendered = new Map(
  environments.map(({ definition, releases }) => [
    definition.name,
    releases.map(({ name }) => ({
      release: name,
      manifests: `apiVersion: v1\nkind: ConfigMap\n---\napiVersion: ${apiOf[name] ?? 'apps/v1'}\nkind: Any\n`,
    })),
  ]),
)

test('releases with kinds of an unreachable source are left out, by name, and no others', () => {
  expect(names).toHaveLength(4)
  const { environments: rest, leftOut } = leaveOut(environments, { skipped: [strimzi] }, rendered)
  expect(leftOut).toEqual(
    names.map((environment) => ({
      application: `${environment}-events`,
      environment,
      reason: 'strimzi unreachable',
    })),
  )
  for (const [index, { releases }] of rest.entries())
    expect(releases).toEqual(environments[index]?.releases.filter(({ name }) => name !== 'events'))
})

test('nothing is left out where everything was reached', () => {
  expect(leaveOut(environments, { skipped: [] }, rendered)).toEqual({ environments, leftOut: [] })
})

test('what a chart could render, and a release does not, is no reason to leave it out', () => {
  const { leftOut } = leaveOut(environments, { skipped: [externalSecrets] }, rendered)
  expect(leftOut.map(({ application }) => application)).toEqual(
    names.map((environment) => `${environment}-notifications`),
  )
})
