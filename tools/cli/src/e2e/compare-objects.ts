import type { Application, KubernetesClient, KubernetesObject } from '@opencore/cluster'
import { groupOf } from '@opencore/contract'
import { execa } from 'execa'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { renderReleases } from '@opencore/renderer'
import { readArgocd } from '../verify/read-argocd.ts'
import { applications, type TestPlatform } from './test-platform.ts'

const trackingId = 'argocd.argoproj.io/tracking-id'

/** The name under which Argo CD's application controller applies (its `ArgoCDSSAManager`). */
const fieldManager = 'argocd-controller'

/**
 * Compare the objects of every Application of an environment with our own render of the tree it read, in `clone`.
 * Each rendered object, applied once more in Argo CD's name, must change nothing, and the Application must know of
 * no other: so both have the same objects with the same fields. Gives what differs.
 */
export async function compareObjects(
  platform: TestPlatform,
  environment: string,
  clone: string,
): Promise<string[]> {
  const read = await readArgocd(clone, environment)
  if (!read.ok) return read.findings.map(({ found }) => found)
  const requests = await Promise.all(
    read.value.sources.map(
      async ({ application, chart, version, release, namespace, kubeVersion, valuesFile }) => ({
        id: application,
        chart: await unpack(platform.folder, `${chart}-${version}`, chart),
        release,
        namespace,
        kubeVersion,
        values: await readFile(join(clone, valuesFile), 'utf8'),
      }),
    ),
  )
  const client = await platform.connect(environment)
  const differences: string[] = []
  for await (const { id, objects, error } of renderReleases(requests, () => undefined)) {
    if (error !== undefined) differences.push(`${id}: ${error}`)
    const metadata = { name: id, namespace: 'argocd' }
    const application = await platform.hub.get<Application>({ ...applications, metadata })
    const managed = new Set(application?.status?.resources?.map(nameResource))
    for (const object of objects ?? []) {
      const rendered = object as KubernetesObject
      const namespace = requests.find((request) => request.id === id)?.namespace
      const name = [rendered, placeIn(rendered, namespace)].find((candidate) =>
        managed.delete(nameObject(candidate)),
      )
      differences.push(
        ...(name ? await compareObject(client, name) : [`${id}: Argo CD lacks ${nameObject(rendered)}`]),
      )
    }
    differences.push(...[...managed].map((name) => `${id}: only Argo CD has ${name}`))
  }
  return differences
}

/** What applying a rendered object again would change in the live one. */
async function compareObject(client: KubernetesClient, rendered: KubernetesObject): Promise<string[]> {
  const live = await client.get<KubernetesObject>(rendered)
  const tracking = live?.metadata.annotations?.[trackingId]
  const annotations = {
    ...rendered.metadata.annotations,
    ...(tracking !== undefined && { [trackingId]: tracking }),
  }
  const again = { ...rendered, metadata: { ...rendered.metadata, annotations } }
  const verdict = await client.tryApply(again, { fieldManager, dryRun: true })
  if (!verdict.ok) return [`${nameObject(rendered)}: ${verdict.status.message}`]
  if (live && isDeepStrictEqual(withoutManagers(verdict.object), withoutManagers(live))) return []
  return [
    `${nameObject(rendered)} differs:\n${JSON.stringify([withoutManagers(verdict.object), live && withoutManagers(live)])}`,
  ]
}

/** Who set what when is not what the object says. */
function withoutManagers({ metadata, ...rest }: KubernetesObject) {
  return { ...rest, metadata: { ...metadata, managedFields: undefined } }
}

const placeIn = (object: KubernetesObject, namespace = ''): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace: object.metadata.namespace ?? namespace },
})

const nameObject = (object: KubernetesObject) =>
  nameResource({ group: groupOf(object), kind: object.kind, ...object.metadata })

interface Named {
  group?: string
  kind: string
  namespace?: string
  name: string
}

const nameResource = ({ group = '', kind, namespace = '', name }: Named) =>
  `${group}/${kind} ${namespace}/${name}`

/** The chart as the platform's repository served it. */
async function unpack(platform: string, archive: string, chart: string): Promise<string> {
  const folder = join(platform, 'unpacked', archive)
  await mkdir(folder, { recursive: true })
  await execa('tar', ['-xzf', join(platform, 'charts', `${archive}.tgz`), '-C', folder])
  return join(folder, chart)
}
