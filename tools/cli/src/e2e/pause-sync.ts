import type { Application, KubernetesObject } from '@opencore/cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { applications, findHealthy, until, type TestPlatform } from './test-platform.ts'

const application = { ...applications, metadata: { name: 'dev-cards', namespace: 'argocd' } }
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

/** Tests on a platform with `dev`. */
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
      const dev = await platform.connect('dev')
      const team = (await platform.hub.get(application))?.metadata.labels?.[TEAM]
      const before = (await dev.get(deployment))?.['spec']

      await patch({ ...enable(false), metadata: { labels: { [TEAM]: 'nobody' } } })
      const mended = await until('label', 60, async () => {
        const now = await platform.hub.get<Paused>(application)
        return now?.metadata.labels?.[TEAM] === team && now
      })
      expect(mended.value.spec?.syncPolicy?.automated).toMatchObject({ enabled: false, selfHeal: true })

      const clone = await platform.clone('env/dev')
      await clone.edit('cards/manifests.yaml', (text) => text.replace(/^ {2}replicas: .*/m, '  replicas: 2'))
      const pushed = await clone.push('two cards')
      await until('difference', 60, async () => {
        const { status } = (await platform.hub.get<Application>(application)) ?? {}
        return status?.sync?.revision === pushed && status.sync.status === 'OutOfSync'
      })
      // Argo CD syncs in the round in which it sees a difference.
      await sleep(10_000)
      expect((await dev.get(deployment))?.['spec']).toEqual(before)
      expect(await pausedOnes()).toEqual(['dev-cards'])

      await patch(enable(null))
      expect(await pausedOnes()).toEqual([])
      await until('new value', 60, () => findHealthy(platform.hub, 'dev-cards', pushed))
      expect((await dev.get(deployment))?.['spec']).toMatchObject({ replicas: 2 })
      const back = await clone.revert()
      await until('old value', 60, () => findHealthy(platform.hub, 'dev-cards', back))
    })
  })
}
