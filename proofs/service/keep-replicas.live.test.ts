import { writeKubeconfig, type KubernetesClient, type KubernetesObject } from '@opencore/cluster'
import { printYaml, type JsonObject } from '@opencore/contract'
import { renderReleases } from '@opencore/renderer'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { startApiServer, type Server } from '../shared/start-api-server.ts'

// Where an autoscaler takes over the number of pods, or goes on with it, none of them stops: told to a real API server by
// the real Helm, and by server-side apply under Argo CD's name.

const image = { repository: 'registry.example.com/banking/accounts', tag: '2.4.1' }
const fixed = { image, replicas: 6 }
const scaled = { image, autoscaling: { enabled: true, minReplicas: 6, maxReplicas: 9 } }

let server: Server
let client: KubernetesClient
/** What helm said where it failed. */
let helm: (verb: string, release: string, values: JsonObject, ...flags: string[]) => Promise<string>

beforeAll(async () => {
  const { helm: binary = '' } = await ensureTools(['helm'], console.error)
  server = await startApiServer('replicas', console.error)
  const { connection, folder } = server
  client = server.client
  const kubeconfig = join(folder, 'kubeconfig')
  await writeKubeconfig(kubeconfig, { name: 'replicas', connection })
  const chart = join(folder, 'service')
  await cp(join(root, 'charts/service'), chart, { recursive: true })
  await cp(join(root, 'charts/common'), join(chart, 'charts/common'), { recursive: true })
  const env = {
    KUBECONFIG: kubeconfig,
    HELM_CACHE_HOME: folder,
    HELM_CONFIG_HOME: folder,
    HELM_DATA_HOME: folder,
  }
  helm = async (verb, name, values, ...more) => {
    const { exitCode, stderr } = await execa(binary, [verb, name, chart, '--values', '-', ...more], {
      env,
      input: printYaml(values),
      reject: false,
    })
    return exitCode === 0 ? '' : stderr
  }
})

afterAll(() => server.stop())

const replicasOf = async (name: string) => {
  const metadata = { name, namespace: 'default' }
  const deployment = await client.get<Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', metadata })
  return deployment?.spec.replicas
}

/** What the autoscaler does, by the field and under the name that it has. */
const scale = (name: string, replicas: number) =>
  client.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'default' },
      spec: { replicas },
    },
    { fieldManager: 'kube-controller-manager' },
  )

describe('Helm', () => {
  it('turns an autoscaler on without a pod less, and leaves it the number from then on', async () => {
    expect(await helm('install', 'accounts', fixed)).toBe('')
    expect(await replicasOf('accounts')).toBe(6)
    expect(await helm('upgrade', 'accounts', scaled)).toBe('')
    expect(await replicasOf('accounts')).toBe(6)
    await scale('accounts', 8)
    expect(await helm('upgrade', 'accounts', { ...scaled, podLabels: { next: 'version' } })).toBe('')
    expect(await replicasOf('accounts')).toBe(8)
  })

  it('takes the number back only when it is told to', async () => {
    const back = { ...fixed, replicas: 7 }
    expect(await helm('upgrade', 'accounts', back)).toContain(
      'conflict with "kube-controller-manager": .spec.replicas',
    )
    expect(await replicasOf('accounts')).toBe(8)
    expect(await helm('upgrade', 'accounts', back, '--force-conflicts')).toBe('')
    expect(await replicasOf('accounts')).toBe(7)
  })
})

describe('server-side apply', () => {
  const fieldManager = 'argocd-controller'

  it('turns an autoscaler on without a pod less, which a manifest without the number would not', async () => {
    await client.apply(await render('ledger', fixed), { fieldManager })
    const next = await render('ledger', scaled)
    await client.apply(next, { fieldManager })
    expect(await replicasOf('ledger')).toBe(6)
    const { replicas, ...rest } = next.spec
    await client.apply({ ...next, spec: rest }, { fieldManager })
    expect([replicas, await replicasOf('ledger')]).toEqual([6, 1])
  })

  it('brings a region up that waited at no pods', async () => {
    await client.apply(await render('cards', { ...scaled, role: 'standby' }), { fieldManager })
    expect(await replicasOf('cards')).toBe(0)
    await client.apply(await render('cards', scaled), { fieldManager })
    expect(await replicasOf('cards')).toBe(6)
  })
})

interface Deployment extends KubernetesObject {
  spec: { replicas?: number }
}

async function render(release: string, values: JsonObject): Promise<Deployment> {
  const request = {
    id: release,
    chart: join(root, 'charts/service'),
    release,
    namespace: 'default',
    values: printYaml(values),
    kubeVersion: '',
  }
  for await (const { objects, error } of renderReleases([request], () => undefined)) {
    const deployment = objects?.find(({ kind }) => kind === 'Deployment')
    if (deployment === undefined) throw new Error(error)
    return deployment as unknown as Deployment
  }
  throw new Error('the renderer answered nothing')
}
