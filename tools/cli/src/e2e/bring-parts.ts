import type { KubernetesClient, KubernetesObject } from '@opencore/cluster'
import { readFile, writeFile } from 'node:fs/promises'
import { parse, stringify } from 'yaml'
import { loadPlatform } from '../workspace/load-platform.ts'
import type { FirstHub } from './first-hub.ts'
import { root } from './opencore.ts'

const options = { fieldManager: 'test' }
const container = { name: 'main', image: 'registry.example.com/part:1' }

/** A workload whose pods have these labels. */
const workload = (
  kind: 'Deployment' | 'DaemonSet',
  metadata: { name: string; namespace: string },
  labels: Readonly<Record<string, string>>,
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata,
  spec: {
    ...(kind === 'Deployment' && { replicas: 1 }),
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container] } },
  },
})

/** What operators and others would be: pods with their labels, and objects that their controllers call ready. */
export async function bringParts(client: KubernetesClient): Promise<void> {
  const { environments } = await loadPlatform(root)
  const dev = environments.find(({ definition }) => definition.name === 'dev')
  for (const part of dev?.platform ?? []) {
    if (!('podLabels' in part)) continue
    const { name, namespace, podLabels } = part
    await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, options)
    await client.apply(workload('Deployment', { name, namespace }, podLabels), options)
  }
  await client.apply(
    workload('DaemonSet', { name: 'cilium', namespace: 'kube-system' }, { app: 'cilium' }),
    options,
  )
  await client.apply(
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'usual', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'ebs.csi.aws.com',
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
      parameters: { encrypted: 'true' },
    },
    options,
  )
}

/** The issuer that values name, as the platform's people would make it; what cert-manager would say of it is played. */
export async function bringIssuer(client: KubernetesClient): Promise<void> {
  const issuer = { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'opencore' } }
  await client.apply({ ...issuer, spec: { ca: { secretName: 'opencore-authority' } } }, options)
  const now = new Date().toISOString().replace(/\.\d+/, '')
  const ready = { type: 'Ready', status: 'True', reason: 'Played', lastTransitionTime: now }
  const { status } = await client.send('PATCH', `${await client.pathOf(issuer)}/status`, {
    type: 'application/merge-patch+json',
    value: { status: { conditions: [ready] } },
  })
  if (status !== 200) throw new Error(`the issuer's status: ${status}`)
}

/** A context `limited`, whose user may ask the hub for the version, and little else. */
export async function allowLittle({ hub, env }: FirstHub): Promise<void> {
  const token = await makeNobody(hub.client)
  await editContexts(env, ({ contexts, users }) => {
    contexts.push({ name: 'limited', context: { cluster: 'hub', user: 'limited' } })
    users.push({ name: 'limited', user: { token } })
  })
}

/** The same of whoever asks the cluster of `dev`, until what this gives is called. */
export async function limitDev({ cluster, env }: FirstHub): Promise<() => Promise<void>> {
  const file = env['KUBECONFIG'] ?? ''
  const before = await readFile(file, 'utf8')
  const token = await makeNobody(cluster.client)
  await editContexts(env, ({ users }) => {
    for (const user of users.filter(({ name }) => name === 'dev')) user.user = { token }
  })
  return () => writeFile(file, before)
}

/** The token of an account without a right. */
async function makeNobody(client: KubernetesClient): Promise<string> {
  const metadata = { name: 'limited', namespace: 'default' }
  await client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }, options)
  const path = '/api/v1/namespaces/default/serviceaccounts/limited/token'
  const value = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }
  const { body } = await client.send('POST', path, { type: 'application/json', value })
  return (body as { status: { token: string } }).status.token
}

interface Contexts {
  contexts: object[]
  users: { name: string; user: object }[]
}

async function editContexts(env: FirstHub['env'], edit: (config: Contexts) => void): Promise<void> {
  const file = env['KUBECONFIG'] ?? ''
  const config = parse(await readFile(file, 'utf8')) as Contexts
  edit(config)
  await writeFile(file, stringify(config))
}
