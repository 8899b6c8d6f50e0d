import type { Application, KubernetesObject } from '@opencore/cluster'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { until, type TestPlatform } from './test-platform.ts'

interface Project extends KubernetesObject {
  spec: { sourceIntegrity?: { git: { policies: { gpg: { keys: string[] } }[] } } }
}

/** Tests on a platform with `dev` and `prod-eu-west-1`. */
export function testProjects(platformOf: () => TestPlatform): void {
  let platform: TestPlatform
  beforeAll(() => {
    platform = platformOf()
  })
  const object = (kind: string, name: string) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'argocd' },
  })

  describe('a hub’s ref', () => {
    it('brings new keys to the project that it is read by, too', async () => {
      const clone = await platform.clone('hub/production')
      const bootstrap = object('AppProject', 'prod-eu-west-1-bootstrap')
      const keysOf = async () => {
        const { spec } = (await platform.hub.get<Project>(bootstrap)) ?? {}
        return spec?.sourceIntegrity?.git.policies[0]?.gpg.keys ?? []
      }
      const before = await keysOf()
      const another = '0123456789ABCDEF'
      await clone.edit('argocd/prod-eu-west-1/projects/bootstrap.yaml', (text) =>
        text.replace(/^( +)keys:\n/m, `$&$1  - ${another}\n`),
      )
      await clone.push('another key')
      await until('project with the key', 60, async () => (await keysOf()).includes(another))
      await clone.revert()
      await until('project as before', 60, async () => (await keysOf()).join() === before.join())
      expect(before).not.toContain(another)
    })

    it('that no longer has a purpose takes its Applications along, and they what they manage', async () => {
      const clone = await platform.clone('hub/nonproduction')
      const dev = await platform.connect('dev')
      const role = {
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: { name: 'default', namespace: 'istio-system' },
      }
      const objects = [
        object('Application', 'dev-mesh'),
        object('ApplicationSet', 'dev-mesh'),
        object('AppProject', 'dev-mesh'),
      ]
      const left = async () => {
        const found = await Promise.all(objects.map((each) => platform.hub.get(each)))
        return [...found, await dev.get(role)].filter((each) => each !== undefined)
      }
      expect(await left()).toHaveLength(objects.length + 1)
      for (const folder of ['applicationsets', 'projects'])
        await rm(join(clone.folder, `argocd/dev/${folder}/mesh.yaml`))
      await clone.push('no mesh')
      await until('end of all of it', 120, async () => (await left()).length === 0)
      await clone.revert()
      const { value } = await until('all of it again', 120, async () => {
        const application = await platform.hub.get<Application>(object('Application', 'dev-mesh'))
        return application?.status?.health?.status === 'Healthy' && left()
      })
      expect(value).toHaveLength(objects.length + 1)
    })
  })
}
