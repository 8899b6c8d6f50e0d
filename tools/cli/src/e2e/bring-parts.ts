import type { KubernetesClient, KubernetesObject } from '@opencore/cluster'
import { valueAt } from '@opencore/model'
import { readFile, writeFile } from 'node:fs/promises'
import { parse, stringify } from 'yaml'
import { loadPlatform } from '../workspace/load-platform.ts'
import type { FirstHub } from './first-hub.ts'
import { root } from './opencore.ts'

const options = { fieldManager: 'test' }
const container = { name: 'main', image: 'registry.example.com/part:1' }

/** A workload whose pods have these labels, and run as this account. */
const workload = (
  kind: 'Deployment' | 'DaemonSet',
  metadata: { name: string; namespace: string },
  labels: Readonly<Record<string, string>>,
  serviceAccountName = 'default',
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata,
  spec: {
    ...(kind === 'Deployment' && { replicas: 1 }),
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { serviceAccountName, containers: [container] } },
  },
})

/** What operators and others would be: pods with their labels, and objects that their controllers call ready. */
export async function bringParts(client: KubernetesClient): Promise<void> {
  const { environments } = await loadPlatform(root)
  const dev = environments.find(({ definition }) => definition.name === 'dev')
  const layers = dev?.releases.flatMap((release) => release.layers) ?? []
  for (const part of dev?.platform ?? []) {
    if (!('podLabels' in part)) continue
    const { name, namespace, podLabels } = part
    await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, options)
    const known = layers.map(({ values }) => valueAt(values, 'controls', 'operators', name, 'account'))
    const operator = known.find((account) => typeof account === 'string')
    const account = typeof operator === 'string' ? operator.split(':').pop() : undefined
    if (account !== undefined)
      await client.apply(
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } },
        options,
      )
    await client.apply(workload('Deployment', { name, namespace }, podLabels, account), options)
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
