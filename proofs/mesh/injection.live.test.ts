import { createJudge, stopJudge, type Definition, type Judge } from '@opencore/cluster'
import { formatFinding } from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import {
  podOf,
  viewCluster,
  type EnvironmentInput,
  type KubernetesObject,
  type RenderedObject,
} from '@opencore/verify'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderEnvironments } from '../shared/render-environments.ts'
import { createInjector } from './inject-proxies.ts'

// What is admitted is not what we render: istiod's webhook comes first, and Pod Security, controls and quotas judge what it
// makes of a pod. Here Istio's own injector does, and a real API server with each environment's foundation judges.

const silent = () => undefined
const environments = await renderEnvironments()
let folder = ''
let judge: Judge

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-mesh-'))
  const { etcd = '', 'kube-apiserver': apiServer = '' } = await ensureTools(
    ['etcd', 'kube-apiserver'],
    silent,
  )
  const { crds } = await loadApiCatalogue(silent)
  const definitions = crds.map(({ manifest }) => manifest as unknown as Definition)
  judge = createJudge({ tools: { etcd, apiServer }, definitions, report: silent, folder, verdicts: folder })
})

afterAll(async () => {
  await judge.close()
  await stopJudge(folder)
  await rm(folder, { recursive: true })
})

/** The workloads of an environment that ask for a proxy, after injection by a control plane that is changed so. */
async function inject(input: EnvironmentInput, changes: readonly string[] = []): Promise<RenderedObject[]> {
  const { members } = viewCluster(input).mesh
  const owners = [...new Set(members.flatMap(({ pod }) => pod?.owner ?? []))]
  const injected = await (await createInjector(folder, changes))(owners.map(({ object }) => object))
  expect(injected).toHaveLength(owners.length)
  return owners.map((owner, index) => ({ ...owner, object: makePod(injected[index] ?? owner.object) }))
}

/** The webhook changes pods, and no templates. */
function makePod(object: KubernetesObject): KubernetesObject {
  const pod = podOf({ object, release: '', environment: '' })
  const { name } = object.metadata
  const { namespace = '', labels = {}, annotations = {}, spec = {} } = pod ?? {}
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations }, spec }
}

async function review({ tier, objects: all }: EnvironmentInput, objects: readonly RenderedObject[]) {
  const foundation = all.filter(({ release }) => release === 'foundation')
  const verdicts = await judge.review({ tier, foundation, objects })
  return verdicts.flatMap(({ findings }) => findings.map(formatFinding))
}

describe.each(environments.map((input) => [input.environment, input] as const))('%s', (_, input) => {
  it('lets in every service with its proxy', async () => {
    const injected = await inject(input)
    expect(injected.length).toBeGreaterThan(0)
    expect(await review(input, injected)).toEqual([])
  })

  it('has proxies of the size that is said, which a Job does not wait for, and probes that need no certificate', async () => {
    for (const { object, release } of await inject(input)) {
      const pod = podOf({ object, release, environment: input.environment })
      const containers = pod?.containers.map(({ container }) => container) ?? []
      const proxy = containers.find(({ name }) => name === 'istio-proxy')
      expect(proxy).toMatchObject({
        restartPolicy: 'Always',
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      })
      const app = containers.find(({ name }) => name === 'app')
      expect(app).toMatchObject({ readinessProbe: { httpGet: { port: 15020 } } })
    }
  })
})

describe('a control plane that leaves out what the README asks for', () => {
  const [dev] = environments
  if (!dev) throw new Error('there is no environment')

  it.each([
    ['the CNI plugin', ['components.cni.enabled=false', 'values.pilot.cni.enabled=false'], /NET_ADMIN/],
    [
      'an image by digest',
      ['values.global.proxy.image=registry.firefly-banking.com/istio/proxyv2:1.30.8'],
      /A9/,
    ],
    ['the registry', ['values.global.proxy_init.image=docker.io/istio/proxyv2:1.30.8'], /A9/],
  ])('is refused without %s', async (_, changes, refusal) => {
    const [first] = await inject(dev, changes)
    if (!first) throw new Error('nothing is injected')
    expect((await review(dev, [first])).join('\n')).toMatch(refusal)
  })
})
