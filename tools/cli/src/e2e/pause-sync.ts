import type { Application, KubernetesObject } from '@opencore/cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { applications, findHealthy, until, type TestPlatform } from './test-platform.ts'

const application = { ...applications, metadata: { name: 'staging-cards', namespace: 'argocd' } }
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cards', namespace: 'banking-services' },
}
const TEAM = 'opencore.dev/team'

/** As it is in the cluster, where a person may have set what no ApplicationSet writes. */
interface Paused extends KubernetesObject {
  spec?: { syncPolicy?: { automated?: { enabled?: boolean; selfHeal?: boolean } } }
}

/** Tests on a platform with `staging`. */
export function testPause(platformOf: () => TestPlatform): void {
  let platform: TestPlatform
  beforeAll(() => {
    platform = platformOf()
  })

  /** As `kubectl patch --type merge` does. */
  async function patch(value: object): Promise<void> {
    const path = await platform.hub.pathOf(application)
    const content = { type: 'application/merge-patch+json', value }
    expect(await platform.hub.send('PATCH', path, content)).toMatchObject({ status: 200 })
  }
  const enable = (enabled: boolean | null) => ({ spec: { syncPolicy: { automated: { enabled } } } })

  const pausedOnes = async () =>
    (await platform.status()).filter(({ paused }) => paused).map((row) => row.application)

  describe('automatic sync of one Application, which a person paused', () => {
    it('stays paused when its ApplicationSet mends it, and goes on when the pause ends', async () => {
      const staging = await platform.connect('staging')
      const team = (await platform.hub.get(application))?.metadata.labels?.[TEAM]
      const before = (await staging.get(deployment))?.['spec']

      await patch({ ...enable(false), metadata: { labels: { [TEAM]: 'nobody' } } })
      const mended = await until('label', 120, async () => {
        const now = await platform.hub.get<Paused>(application)
        return now?.metadata.labels?.[TEAM] === team && now
      })
      expect(mended.value.spec?.syncPolicy?.automated).toMatchObject({ enabled: false, selfHeal: true })

      const clone = await platform.clone('env/staging')
      await clone.edit('cards/manifests.yaml', (text) => text.replace(/^ {2}replicas: .*/m, '  replicas: 3'))
      const pushed = await clone.push('three cards')
      await until('difference', 120, async () => {
        const { status } = (await platform.hub.get<Application>(application)) ?? {}
        return status?.sync?.revision === pushed && status.sync.status === 'OutOfSync'
      })
      // Argo CD syncs in the round in which it sees a difference.
      await sleep(10_000)
      expect((await staging.get(deployment))?.['spec']).toEqual(before)
      expect(await pausedOnes()).toEqual(['staging-cards'])

      await patch(enable(null))
      expect(await pausedOnes()).toEqual([])
      await until('new value', 120, () => findHealthy(platform.hub, 'staging-cards', pushed))
      expect((await staging.get(deployment))?.['spec']).toMatchObject({ replicas: 3 })
      const back = await clone.revert()
      await until('old value', 120, () => findHealthy(platform.hub, 'staging-cards', back))
    })
  })
}
