import { applyDefinitions, writeKubeconfig, type Definition, type KubernetesObject } from '@opencore/cluster'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { viewCluster, type EnvironmentInput } from '@opencore/verify'
import { execa } from 'execa'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { renderEnvironments } from '../shared/render-environments.ts'
import { startApiServer } from '../shared/start-api-server.ts'
import { injectMembers } from './inject-proxies.ts'

// Istio's own analyzers, on an API server with everything of the mesh and the pods that they ask about: of files alone they
// say next to nothing.

const silent = () => undefined
const fieldManager = 'proofs'
const environments = await renderEnvironments()
const groups = /(istio|gateway\.networking\.k8s)\.io$/
/** Pods ask for their proxies themselves: IST0102 wants each namespace to say something. */
const asked = new Set(['IST0102'])
const ofMesh =
  /^(Authorization|Peer)|^(DestinationRule|HTTPRoute|Sidecar|Telemetry|VirtualService|Service|ServiceAccount)$/

beforeAll(() => ensureTools(['istioctl', 'etcd', 'kube-apiserver'], console.error))

/** What analyzers find in an environment, one a line; `change` is made to what is rendered. */
async function analyze(
  input: EnvironmentInput,
  change: (object: KubernetesObject) => KubernetesObject = (object) => object,
): Promise<string[]> {
  const server = await startApiServer('mesh', silent)
  try {
    const { crds } = await loadApiCatalogue(silent)
    const definitions = crds
      .map(({ manifest }) => manifest as unknown as Definition)
      .filter(({ spec }) => groups.test(spec.group))
    await applyDefinitions(server.client, definitions, fieldManager)
    for (const object of await listObjects(input, server.folder))
      await server.client.apply(change(object), { fieldManager })
    const { istioctl = '' } = await ensureTools(['istioctl'], silent)
    const file = join(server.folder, 'kubeconfig')
    await writeKubeconfig(file, { name: 'mesh', connection: server.connection })
    const { stdout } = await execa(
      istioctl,
      ['analyze', '-A', '--kubeconfig', file, '--revision', 'default', '-o', 'json'],
      { reject: false, timeout: 60_000 },
    )
    const messages = JSON.parse(stdout) as { code: string; origin: string; message: string }[]
    return messages
      .filter(({ code }) => !asked.has(code))
      .map(({ code, origin, message }) => `${code} ${origin}: ${message}`)
  } finally {
    await server.stop()
  }
}

/** Namespaces, what the mesh reads, one pod of each workload with its proxy, and of each gateway. */
async function listObjects(input: EnvironmentInput, folder: string): Promise<KubernetesObject[]> {
  const { network } = viewCluster(input)
  const pods = (await injectMembers(input, folder)).map(({ object }) => object as KubernetesObject)
  const gateways = network.ends.flatMap(({ account, name, namespace, labels }): KubernetesObject[] =>
    account === undefined || name === undefined
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name, namespace, labels },
            spec: { serviceAccountName: account, containers: [{ name: 'istio-proxy', image: 'proxy' }] },
          },
        ],
  )
  const rendered = input.objects.map(({ object }) => object as KubernetesObject)
  const namespaces = new Set(
    [...rendered, ...pods, ...gateways].map(({ metadata }) => metadata.namespace ?? 'default'),
  )
  return [
    ...[...namespaces].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...rendered.filter(({ kind }) => ofMesh.test(kind)),
    ...pods,
    ...gateways,
  ]
}

it.each(environments.map((input) => [input.environment, input] as const))(
  'finds nothing in %s',
  async (_, input) => {
    expect(await analyze(input)).toEqual([])
  },
)

it('sees a host, a selector and a port of nobody', async () => {
  const [dev] = environments
  if (!dev) throw new Error('there is no environment')
  const changes: Readonly<Record<string, object>> = {
    AuthorizationPolicy: { selector: { matchLabels: { app: 'nobody' } } },
    DestinationRule: { host: 'nobody.banking-services.svc.cluster.local' },
    Service: { ports: [{ name: 'plain', port: 8080 }] },
  }
  const found = await analyze(dev, (object) =>
    object.metadata.name === 'accounts' && Object.hasOwn(changes, object.kind)
      ? { ...object, spec: { ...(object['spec'] as object), ...changes[object.kind] } }
      : object,
  )
  const codes = found.map((line) => line.slice(0, 'IST0000'.length))
  expect(codes).toEqual(expect.arrayContaining(['IST0118', 'IST0127', 'IST0174']))
})
