import { createJudge, stopJudge, type Definition, type Judge } from '@opencore/cluster'
import { formatFinding } from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { podOf, type EnvironmentInput, type RenderedObject } from '@opencore/verify'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderEnvironments } from '../shared/render-environments.ts'
import { injectMembers } from './inject-proxies.ts'

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

async function review({ objects: all }: EnvironmentInput, objects: readonly RenderedObject[]) {
  const foundation = all.filter(({ release }) => release === 'foundation')
  const verdicts = await judge.review({ foundation, objects })
  return verdicts.flatMap(({ findings }) => findings.map(formatFinding))
}

describe.each(environments.map((input) => [input.environment, input] as const))('%s', (_, input) => {
  let injected: RenderedObject[]
  beforeAll(async () => {
    injected = await injectMembers(input, folder)
  })

  it('lets in every service with its proxy', async () => {
    expect(injected.length).toBeGreaterThan(0)
    expect(await review(input, injected)).toEqual([])
  })

  it('has proxies of the size that is said, which a Job does not wait for, and probes that need no certificate', () => {
    for (const { object, release } of injected) {
      const pod = podOf({ object, release, environment: input.environment })
      const containers = pod?.containers.map(({ container }) => container) ?? []
      const proxy = containers.find(({ name }) => name === 'istio-proxy')
      expect(proxy).toMatchObject({
        restartPolicy: 'Always',
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      })
      const asked = containers.find((each) => each !== proxy && each['readinessProbe'] !== undefined)
      expect(asked).toMatchObject({ readinessProbe: { httpGet: { port: 15020 } } })
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
    const [first] = await injectMembers(dev, folder, changes)
    if (!first) throw new Error('nothing is injected')
    expect((await review(dev, [first])).join('\n')).toMatch(refusal)
  })
})
