import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findHealthy, startTestPlatform, until, type TestPlatform } from './test-platform.ts'

let platform: TestPlatform

// Waits for one environment to come up: half a minute on two cores.
beforeAll(async () => {
  platform = await startTestPlatform('-e', 'dev')
})
afterAll(() => platform.close())

describe('a change that the API server refuses', () => {
  it('is Frozen in `status`, with its message, when Argo CD calls it Synced', async () => {
    const values = 'argocd/dev/values/accounts.yaml'
    const clone = await platform.clone('dev')
    await clone.edit(values, (text) => `${text}workload:\n  type: StatefulSet\n`)
    const running = await clone.push('a StatefulSet')
    await until('StatefulSet', 90, () => findHealthy(platform.hub, 'dev-accounts', running))
    await clone.edit(values, (text) =>
      text
        .replace(
          '  type: StatefulSet\n',
          '  type: StatefulSet\n  statefulSet:\n    podManagementPolicy: Parallel\n',
        )
        .replace(/^env:\n/m, 'env:\n  LEDGER_PAGES: "2"\n'),
    )
    const refused = await clone.push('what cannot be')
    // First the diff fails, then Argo CD takes an empty one from its cache.
    const believed = await until('false Synced', 90, () => findHealthy(platform.hub, 'dev-accounts', refused))
    console.log(`Argo CD called a refused change Synced and Healthy after ${believed.seconds.toFixed(1)} s`)
    const row = (await platform.status()).find(({ application }) => application === 'dev-accounts')
    expect(row).toMatchObject({ sync: 'Frozen', health: 'Healthy' })
    expect(row?.message).toContain('updates to statefulset spec for fields other than')
    const back = await clone.revert()
    await until('repair', 90, () => findHealthy(platform.hub, 'dev-accounts', back))
    const repaired = (await platform.status()).find(({ application }) => application === 'dev-accounts')
    expect(repaired).toMatchObject({ sync: 'Synced' })
  })
})
