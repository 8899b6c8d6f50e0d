import { beforeAll, describe, expect, it } from 'vitest'
import { findHealthy, until, type TestPlatform } from './test-platform.ts'

/** As a service of the type StatefulSet has one, next to the Deployment. */
const statefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: accounts-set, namespace: banking-services }
spec:
  podManagementPolicy: OrderedReady
  serviceName: accounts
  selector: { matchLabels: { app: accounts-set } }
  template:
    metadata: { labels: { app: accounts-set } }
    spec:
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: main
          image: example.org/set:1
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`

/** Tests on a platform with `dev`. */
export function testFrozen(platformOf: () => TestPlatform): void {
  let platform: TestPlatform
  beforeAll(() => {
    platform = platformOf()
  })

  describe('a change that the API server refuses', () => {
    it('is Frozen in `status`, with its message, when Argo CD calls it Synced', async () => {
      const manifests = 'accounts/manifests.yaml'
      const clone = await platform.clone('env/dev')
      await clone.edit(manifests, (text) => `${text}---\n${statefulSet}`)
      const running = await clone.push('a StatefulSet')
      await until('StatefulSet', 90, () => findHealthy(platform.hub, 'dev-accounts', running))
      await clone.edit(manifests, (text) => text.replace('OrderedReady', 'Parallel'))
      const refused = await clone.push('what cannot be')
      // First the diff fails, then Argo CD takes an empty one from its cache.
      const believed = await until('false Synced', 90, () =>
        findHealthy(platform.hub, 'dev-accounts', refused),
      )
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
}
