import type { Application, KubernetesClient } from '@opencore/cluster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArgocd } from '../verify/read-argocd.ts'
import { verifyApplicationSets } from '../verify/verify-application-sets.ts'
import { compareBytes } from './compare-bytes.ts'
import { compareObjects } from './compare-objects.ts'
import { testLiveDiff } from './diff-live.ts'
import { testDelivery } from './deliver-signed.ts'
import { testFrozen } from './notice-frozen.ts'
import { testProjects } from './manage-projects.ts'
import { testPause } from './pause-sync.ts'
import { testUnpromoted } from './list-unpromoted.ts'
import { testReaders } from './read-embedded.ts'
import { testIntruders } from './refuse-intruders.ts'
import { applications, findHealthy, startTestPlatform, until, type TestPlatform } from './test-platform.ts'

const environments = ['dev', 'prod-eu-central-1', 'prod-eu-west-1', 'staging']
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'accounts', namespace: 'banking-services' },
}

const always = ['foundation', 'mesh', 'observability', 'secrets', 'services']
/** Where an API definition cannot be reached, every release of data is left out, in a row that says so. */
const isLeftOut = (proof: string) => proof.startsWith('skipped: ')

/** The ref that an environment's ApplicationSets come from. */
const hubOf = (environment: string) =>
  environment.startsWith('prod-') ? 'hub/production' : 'hub/nonproduction'

let platform: TestPlatform
let dev: KubernetesClient

// Waits for four environments to come up: about a minute on two cores.
beforeAll(async () => {
  platform = await startTestPlatform()
  dev = await platform.connect('dev')
  console.log(`every Application was Synced and Healthy after ${platform.seconds.toFixed(0)} s`)
})
afterAll(() => platform.close())

describe('opencore up', () => {
  it('brings every Application of all environments to Synced and Healthy', () => {
    expect(new Set(platform.rows.map(({ environment }) => environment))).toEqual(new Set(environments))
    const judged = platform.rows.filter(({ proof }) => !isLeftOut(proof))
    expect(judged.filter(({ sync, health }) => sync !== 'Synced' || health !== 'Healthy')).toEqual([])
    expect(platform.rows).toHaveLength(72)
  })

  it('says simulated of everything that has pods, and real of what has none', () => {
    const real = platform.rows.filter(({ proof }) => proof === 'real').map(({ application }) => application)
    expect(real).toEqual(
      environments.flatMap((name) => [`${name}-bootstrap`, `${name}-foundation`, `${name}-mesh`]),
    )
  })

  it('makes the Applications that our expansion of the ApplicationSets says', async () => {
    const { items } = await platform.hub.list(applications)
    const purposes = [
      ...(platform.rows.some(({ proof }) => isLeftOut(proof)) ? [] : ['certificates', 'data', 'telemetry']),
      ...always,
    ].sort()
    for (const environment of environments) {
      const { folder } = await platform.clone(hubOf(environment))
      const read = await readArgocd(folder, environment)
      const sets = read.ok ? read.value.objects.filter(({ object }) => object.kind === 'ApplicationSet') : []
      expect(sets.map(({ object }) => object.metadata.name)).toEqual(
        purposes.map((purpose) => `${environment}-${purpose}`),
      )
      expect(verifyApplicationSets(sets, items)).toEqual([])
    }
  })

  it('makes of a ref what is on it, to the byte', async () => {
    const compared = await Promise.all(environments.map((environment) => compareBytes(platform, environment)))
    expect(compared.flatMap(({ differences }) => differences)).toEqual([])
    console.log(`${compared.reduce((sum, { objects }) => sum + objects, 0)} objects are the same to the byte`)
  })

  it('syncs exactly what is on the ref, object for object', async () => {
    for (const environment of environments) expect(await compareObjects(platform, environment)).toEqual([])
  })
})

testReaders(() => platform)

describe('an environment that follows its ref', () => {
  it('takes a pushed value, and goes back when it is reverted', async () => {
    const clone = await platform.clone('env/dev')
    await clone.edit('accounts/manifests.yaml', (text) => text.replace(/^ {2}replicas: .*/m, '  replicas: 2'))
    const before = (await dev.get(deployment))?.['spec']
    const pushed = await clone.push('two accounts')
    const there = await until('new value', 60, () => findHealthy(platform.hub, 'dev-accounts', pushed))
    expect((await dev.get(deployment))?.['spec']).toMatchObject({ replicas: 2 })
    const reverted = await clone.revert()
    const back = await until('old value', 60, () => findHealthy(platform.hub, 'dev-accounts', reverted))
    expect((await dev.get(deployment))?.['spec']).toEqual(before)
    console.log(
      `a pushed value was healthy after ${there.seconds.toFixed(1)} s, reverted after ${back.seconds.toFixed(1)} s`,
    )
  })

  it('brings back a Deployment that was deleted by hand', async () => {
    const uid = (await dev.get(deployment))?.metadata.uid
    await dev.delete(deployment)
    const { seconds } = await until('Deployment', 60, async () => {
      const now = await dev.get(deployment)
      return now !== undefined && now.metadata.uid !== uid
    })
    console.log(`a deleted Deployment was back after ${seconds.toFixed(1)} s`)
  })

  it('keeps a mistake to the one Application that it is in', async () => {
    const clone = await platform.clone('env/staging')
    await clone.edit('cards/manifests.yaml', (text) => text.replace(/^ {2}replicas: .*/m, '  replicas: many'))
    const broken = await clone.push('broken')
    const { value } = await until('error', 60, async () => {
      const { items } = await platform.hub.list<Application>(applications)
      const bad = items.filter(({ status }) => status?.conditions?.some(({ type }) => type.endsWith('Error')))
      return bad.length > 0 && bad
    })
    expect(value.map(({ metadata }) => metadata.name)).toEqual(['staging-cards'])
    expect(value[0]?.status?.conditions?.[0]?.message).toContain('replicas')
    const others = (await platform.status()).filter(({ application }) => application !== 'staging-cards')
    expect(others.filter(({ sync, health }) => sync !== 'Synced' || health !== 'Healthy')).toEqual([])
    expect(broken).not.toBe('')
    const reverted = await clone.revert()
    await until('repair', 60, () => findHealthy(platform.hub, 'staging-cards', reverted))
  })
})

// The same platform: four environments take minutes to come up.
testIntruders(() => platform)
// Each has a ref to itself, and mostly waits for Argo CD.
describe.concurrent('on a ref of its own', () => {
  testDelivery(() => platform)
  testUnpromoted(() => platform)
  testFrozen(() => platform)
  testPause(() => platform)
})
testProjects(() => platform)
testLiveDiff(() => platform)
