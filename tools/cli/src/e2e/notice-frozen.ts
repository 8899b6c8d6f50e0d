import { beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { findHealthy, until, type TestPlatform } from './test-platform.ts'

/**
 * The Deployment of a service as a StatefulSet beside it: whatever the controls ask of its pods it has.
 * @param manifests of the release
 */
function makeStatefulSet(manifests: string): string {
  const documents = parseAllDocuments(manifests).map((document) => document.toJS() as Manifest | null)
  const deployment = documents.find((each) => each?.kind === 'Deployment')
  if (!deployment) throw new Error('no Deployment is rendered')
  const { metadata, spec } = deployment
  const { metadata: pod, spec: podSpec } = spec.template
  const app = 'accounts-set'
  return stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { ...metadata, name: app },
    spec: {
      podManagementPolicy: 'OrderedReady',
      serviceName: metadata.name,
      selector: { matchLabels: { app } },
      template: { metadata: { ...pod, labels: { ...pod.labels, app } }, spec: podSpec },
    },
  })
}

interface Manifest {
  kind: string
  metadata: { name: string }
  spec: { template: { metadata: { labels: object }; spec: object } }
}

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
      await clone.edit(manifests, (text) => `${text}---\n${makeStatefulSet(text)}`)
      const running = await clone.push('a StatefulSet')
      await until('StatefulSet', 120, () => findHealthy(platform.hub, 'dev-accounts', running))
      await clone.edit(manifests, (text) => text.replace('OrderedReady', 'Parallel'))
      const refused = await clone.push('what cannot be')
      // First the diff fails, then Argo CD takes an empty one from its cache.
      const believed = await until('false Synced', 120, () =>
        findHealthy(platform.hub, 'dev-accounts', refused),
      )
      console.log(`Argo CD called a refused change Synced and Healthy after ${believed.seconds.toFixed(1)} s`)
      const row = (await platform.status()).find(({ application }) => application === 'dev-accounts')
      expect(row).toMatchObject({ sync: 'Frozen', health: 'Healthy' })
      expect(row?.message).toContain('updates to statefulset spec for fields other than')
      const back = await clone.revert()
      await until('repair', 120, () => findHealthy(platform.hub, 'dev-accounts', back))
      const repaired = (await platform.status()).find(({ application }) => application === 'dev-accounts')
      expect(repaired).toMatchObject({ sync: 'Synced' })
    })
  })
}
