import type { KubernetesClient, KubernetesObject } from '@opencore/cluster'
import type { ChangeGroup } from '@opencore/delivery'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { applications, until, type TestPlatform } from './test-platform.ts'

const password = 'hunter2-of-bank'

interface Manifest extends KubernetesObject {
  spec: { selector: { matchLabels: Record<string, string> }; template: { metadata: { labels: object } } }
}

/** Tests on a platform with `dev`, of which everything is synced. */
export function testLiveDiff(platformOf: () => TestPlatform): void {
  let platform: TestPlatform
  let dev: KubernetesClient
  beforeAll(async () => {
    platform = platformOf()
    dev = await platform.connect('dev')
  })

  const diff = async (...words: string[]): Promise<string> => {
    const { stdout, stderr, exitCode } = await platform.run('diff', 'dev', '--live', ...words)
    expect(exitCode, stderr).toBe(0)
    return stdout
  }

  /** As `kubectl patch --type merge` does. */
  async function patch(client: KubernetesClient, object: KubernetesObject, value: object): Promise<void> {
    const content = { type: 'application/merge-patch+json', value }
    const path = await client.pathOf(object)
    expect(await client.send('PATCH', `${path}?fieldManager=by-hand`, content)).toMatchObject({ status: 200 })
  }
  const pause = (release: string, enabled: boolean | null) =>
    patch(
      platform.hub,
      { ...applications, metadata: { name: `dev-${release}`, namespace: 'argocd' } },
      { spec: { syncPolicy: { automated: { enabled } } } },
    )

  describe('opencore diff --live', () => {
    it('finds no difference where everything is synced', async () => {
      expect(await diff('--to', 'env/dev')).toBe('nothing differs')
    })

    it('says what somebody changed by hand, and shows no secret', async () => {
      const deployment = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'customers', namespace: 'banking-services' },
      }
      const { items } = await dev.list<KubernetesObject>({ apiVersion: 'v1', kind: 'ConfigMap' })
      const configMap = items.find(({ metadata }) => metadata.name === 'ledger-db-queries')
      if (!configMap) throw new Error('ledger-db has no ConfigMap of this name')
      const [key = ''] = Object.keys(configMap['data'] as object)
      await pause('customers', false)
      await pause('ledger-db', false)
      await patch(dev, deployment, { spec: { replicas: 3 } })
      await patch(
        dev,
        { ...configMap, apiVersion: 'v1', kind: 'ConfigMap' },
        { data: { [key]: `password: ${password}` } },
      )
      const text = await diff('--to', 'env/dev')
      expect(text).toContain(
        'number of pods\n  ~ Deployment.apps banking-services/customers: spec.replicas: 3 -> 1\n',
      )
      expect(text).toContain(
        `ledger-db-queries: data.${key}: a text of ${password.length + 10} characters -> `,
      )
      for (const output of ['text', 'json', 'markdown'])
        expect(await diff('--to', 'env/dev', '-o', output)).not.toContain('hunter2')
      expect(await diff('accounts', '--to', 'env/dev')).toBe('nothing differs')
      await pause('customers', null)
      await pause('ledger-db', null)
      await until('repair', 90, async () => (await diff('--to', 'env/dev')) === 'nothing differs')
    })

    it('says what a commit would do to the cluster, and what the API server refuses', async () => {
      const clone = await platform.clone('env/dev')
      await clone.edit('accounts/manifests.yaml', (text) => {
        const objects = parseAllDocuments(text).flatMap(
          (document) => (document.toJS() as Manifest | null) ?? [],
        )
        const own = objects.filter(({ kind }) => kind !== 'ServiceMonitor')
        for (const { spec } of own.filter(({ kind }) => kind === 'Deployment')) {
          spec.selector.matchLabels['also'] = password
          Object.assign(spec.template.metadata.labels, { also: password })
        }
        const configMap = {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'accounts-more', namespace: 'banking-services' },
          data: { password },
        }
        return [...own, configMap].map((object) => stringify(object)).join('---\n')
      })
      const proposed = await clone.propose('what cannot be')
      expect(await diff('--to', proposed)).toBe(
        [
          'goes away',
          '  - ServiceMonitor.monitoring.coreos.com banking-services/accounts',
          'the cluster refuses',
          '  ! Deployment.apps banking-services/accounts: spec.selector: Invalid value: field is immutable',
          'new',
          '  + ConfigMap banking-services/accounts-more',
        ].join('\n'),
      )
      const groups = JSON.parse(await diff('--to', proposed, '-o', 'json')) as ChangeGroup[]
      expect(groups).toMatchObject([{ risk: 'removal' }, { action: 'refused' }, { risk: 'addition' }])
      expect(JSON.stringify(groups)).not.toContain('hunter2')
    })

    it('refuses commits of other refs', async () => {
      const { stderr, exitCode } = await platform.run('diff', 'dev', '--live', '--to', 'hub/nonproduction')
      expect([exitCode, stderr]).toEqual([
        2,
        expect.stringContaining('env/dev: hub/nonproduction is no commit of this ref  [DIFF_COMMIT]'),
      ])
    })
  })
}
