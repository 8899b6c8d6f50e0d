import type { Finding, Result } from '@opencore/contract'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TinyPlatform } from '../test-support/tiny-platform.ts'
import { makeTinyPlatform } from '../test-support/tiny-platform.ts'
import type { ObjectRef } from '../kubernetes/kubernetes-object.ts'
import { END_WITH } from '../processes/end-with.ts'
import { connectPlatform } from './connect-platform.ts'
import { layOut } from './layout.ts'
import { FIELD_MANAGER } from './platform-context.ts'
import type { Ports } from './ports.ts'
import { readStatus } from './read-status.ts'

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' }

describe('the embedded platform', () => {
  let platform: TinyPlatform

  beforeAll(async () => {
    platform = await makeTinyPlatform()
  })
  afterAll(() => platform.dispose())

  it('brings two environments to Synced and Healthy', async () => {
    expect(findingsOf(await platform.start(['dev', 'staging']))).toEqual([])
    const rows = await platform.sync({ dev: { one: { replicas: 3 } }, staging: { one: { replicas: 3 } } })
    const row = { sync: 'Synced', health: 'Healthy' }
    expect(rows).toEqual({
      ok: true,
      value: [
        { application: 'dev-bootstrap', environment: 'dev', proof: 'real', ...row },
        { application: 'dev-one', environment: 'dev', proof: 'simulated', ...row },
        { application: 'staging-bootstrap', environment: 'staging', proof: 'real', ...row },
        { application: 'staging-one', environment: 'staging', proof: 'simulated', ...row },
      ],
    })
    expect(platform.told).toContain('4 of 4 Applications are Synced and Healthy')
  })

  it('keeps Secrets encrypted at rest', async () => {
    const dev = await connectPlatform(platform.folder, 'dev')
    const metadata = { name: 'at-rest', namespace: 'default' }
    const options = { fieldManager: 'test' }
    await dev?.apply(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'in-plain-sight' } },
      options,
    )
    await dev?.apply(
      { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { a: 'not-to-be-read' } },
      options,
    )
    await dev?.close()
    const folder = join(platform.folder, 'data', 'etcd')
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) =>
      each.isFile(),
    )
    const stored = await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name))))
    const holds = (text: string) => stored.some((content) => content.includes(text))
    expect(holds('in-plain-sight')).toBe(true)
    expect(holds('not-to-be-read')).toBe(false)
    // The hub keeps the clusters' keys in Secrets.
    expect(holds('PRIVATE KEY')).toBe(false)
  })

  it('spreads pods over the zones and plays each status', async () => {
    const dev = await connectPlatform(platform.folder, 'dev')
    const pods = await dev?.list({ apiVersion: 'v1', kind: 'Pod' }, { labelSelector: 'app=one' })
    const nodes = pods?.items.map(({ spec }) => (spec as { nodeName: string }).nodeName)
    expect(nodes?.sort()).toEqual(['node-zone-a-1', 'node-zone-b-1', 'node-zone-c-1'])
    const statusOf = async (apiVersion: string, kind: string, name = 'one') =>
      (await dev?.get({ apiVersion, kind, metadata: { name, namespace: 'default' } }))?.['status']
    expect(await statusOf('v1', 'Pod', 'one-hook')).toMatchObject({ phase: 'Succeeded' })
    const loadBalancer = { ingress: [{ ip: expect.stringMatching(/^192\.0\.2\./) as string }] }
    expect(await statusOf('networking.k8s.io/v1', 'Ingress')).toMatchObject({ loadBalancer })
    expect(await statusOf('v1', 'Service')).toMatchObject({ loadBalancer })
    expect(await statusOf('gateway.networking.k8s.io/v1', 'HTTPRoute')).toMatchObject({
      parents: [
        { parentRef: { name: 'edge' }, conditions: [{ type: 'Accepted' }, { type: 'ResolvedRefs' }] },
      ],
    })
    await dev?.close()
  })

  it('sees a push, and an object that was deleted by hand, without being told', async () => {
    expect(findingsOf(await platform.sync({ dev: { one: { replicas: 4 } } }))).toEqual([])
    const dev = await connectPlatform(platform.folder, 'dev')
    const one = { ...DEPLOYMENT, metadata: { name: 'one', namespace: 'default' } }
    const pushed = await dev?.get(one)
    expect(pushed?.['spec']).toMatchObject({ replicas: 4 })
    await dev?.delete(one)
    await expect
      .poll(async () => (await dev?.get(one))?.metadata.uid, { timeout: 60_000, interval: 500 })
      .not.toBe(pushed?.metadata.uid)
    await dev?.close()
  })

  it('holds the target of an autoscaler between its bounds, though nothing is measured', async () => {
    const dev = await connectPlatform(platform.folder, 'dev')
    const target = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'scaled', namespace: 'default' },
    }
    const autoscaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'scaled', namespace: 'default' },
      spec: {
        minReplicas: 4,
        maxReplicas: 6,
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: 'scaled' },
      },
    }
    const statusOf = async (object: ObjectRef) => (await dev?.get(object))?.['status']
    const within = { timeout: 60_000, interval: 500 }
    // Its target is not there yet.
    await dev?.apply(autoscaler, { fieldManager: FIELD_MANAGER })
    await expect
      .poll(() => statusOf(autoscaler), within)
      .toMatchObject({ conditions: [{ type: 'AbleToScale', status: 'False', reason: 'FailedGetScale' }] })
    // No replicas: the API's default is one.
    const labels = { app: 'scaled' }
    const spec = {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: 'example.org/tiny:1' }] },
      },
    }
    await dev?.apply({ ...target, spec }, { fieldManager: FIELD_MANAGER })
    await expect.poll(() => statusOf(target), within).toMatchObject({ readyReplicas: 4 })
    await expect
      .poll(() => statusOf(autoscaler), within)
      .toMatchObject({
        currentReplicas: 4,
        desiredReplicas: 4,
        conditions: [{ type: 'AbleToScale', status: 'True' }],
      })
    await dev?.apply({ ...target, spec: { ...spec, replicas: 9 } }, { fieldManager: FIELD_MANAGER })
    await expect.poll(() => statusOf(target), within).toMatchObject({ replicas: 6, readyReplicas: 6 })
    await expect.poll(() => statusOf(autoscaler), within).toMatchObject({ currentReplicas: 6 })
    for (const object of [autoscaler, target]) await dev?.delete(object)
    await dev?.close()
  })

  it('says in Argo CD’s words why an Application is not healthy, and leaves the others alone', async () => {
    const extra =
      '---\napiVersion: v1\nkind: Service\nmetadata: { name: broken }\nspec: { ports: [{ port: 700000 }] }'
    const result = await platform.sync({ dev: { one: { replicas: 4 }, two: { replicas: 1, extra } } }, 30_000)
    const findings = findingsOf(result)
    expect(findings.map(({ code, at }) => [code, at.file])).toEqual([['APPLICATION_NOT_HEALTHY', 'dev-two']])
    expect(findings[0]?.found).toContain('700000')
    expect(findingsOf(await platform.sync({ dev: { one: { replicas: 4 } } }))).toEqual([])
  })

  it('ends the wait when pods are refused or have no node, in the words of who says so, and status has them too', async () => {
    const extra = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: picky }
spec:
  selector: { matchLabels: { app: picky } }
  template:
    metadata: { labels: { app: picky } }
    spec: { nodeSelector: { of: another-world }, containers: [{ name: main, image: example.org/tiny:1 }] }`
    const began = Date.now()
    const two = { one: { replicas: 4 }, two: { replicas: 1, extra } }
    const [unplaced, ...others] = findingsOf(await platform.sync({ dev: two }))
    expect([unplaced?.at.file, others]).toEqual(['dev-two', []])
    expect(unplaced?.found).toMatch(
      /^what it needs is refused, so no waiting makes it Synced and Healthy: .*\n {4}StatefulSet picky: pod picky-0 has no node: 0\/3 nodes are available: /,
    )

    const dev = await connectPlatform(platform.folder, 'dev')
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few', namespace: 'default' },
      spec: { hard: { pods: '8' } },
    }
    await dev?.apply(quota, { fieldManager: FIELD_MANAGER })
    const result = await platform.sync({ dev: { ...two, three: { replicas: 9 } } })
    const refused = findingsOf(result).find(({ at }) => at.file === 'dev-three')
    expect(refused?.found).toMatch(
      /\n {4}Deployment three: pods "three-[a-z0-9-]+" is forbidden: exceeded quota: few, requested: pods=1, used: pods=8, limited: pods=8\n/,
    )
    expect(refused?.next).toMatch(/^opencore verify -e dev, which names all that does not fit/)
    // Each far sooner than the end of patience.
    expect(Date.now() - began).toBeLessThan(240_000)
    const status = await readStatus(platform.folder)
    const rows = 'applications' in status ? status.applications : []
    expect(rows.find(({ application }) => application === 'dev-three')?.message).toMatch(
      /^Deployment three: pods .* is forbidden: exceeded quota: few, .*; opencore verify -e dev, which names/,
    )
    await dev?.delete(quota)
    await dev?.close()
    expect(findingsOf(await platform.sync({ dev: { one: { replicas: 4 } } }))).toEqual([])
  })

  it('refuses a field that no schema has: what is dropped in silence would be Synced', async () => {
    const extra = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: typo }\ninfo: { a: b }'
    const result = await platform.sync({ dev: { one: { replicas: 4, extra } } }, 30_000)
    expect(findingsOf(result)[0]?.found).toContain('.info: field not declared in schema')
    expect(findingsOf(await platform.sync({ dev: { one: { replicas: 4 } } }))).toEqual([])
  })

  it('gets an environment that it did not have', async () => {
    expect(findingsOf(await platform.start(['late']))).toEqual([])
    expect(findingsOf(await platform.sync({ late: { one: { replicas: 1 } } }))).toEqual([])
  })

  it('is repaired by the next start after its supervisor was killed', async () => {
    const status = await readStatus(platform.folder)
    if (!('supervisor' in status)) throw new Error(`the platform is ${status.phase}`)
    process.kill(status.supervisor.supervisor.pid, 'SIGKILL')
    const orphans = await platform.processes()
    await expect.poll(() => readStatus(platform.folder)).toMatchObject({ phase: 'crashed' })
    expect(findingsOf(await platform.start(['dev']))).toEqual([])
    const now = new Set((await platform.processes()).map(({ pid }) => pid))
    expect(orphans.filter(({ pid }) => now.has(pid))).toEqual([])
    expect(findingsOf(await platform.sync({ dev: { one: { replicas: 2 } } }))).toEqual([])
  })

  it('starts a process again that died', async () => {
    const before = await readProcess('kube-scheduler-dev')
    process.kill(before.pid, 'SIGKILL')
    await expect
      .poll(() => readProcess('kube-scheduler-dev'), { timeout: 10_000 })
      .toMatchObject({ restarts: 1, lastEnd: 'signal SIGKILL' })
  })

  it('leaves no process when it is stopped, and keeps its ports', async () => {
    const ports = await readFile(layOut(platform.folder).ports, 'utf8')
    expect(await platform.stop()).toBe(true)
    expect(await platform.processes()).toEqual([])
    expect(await readStatus(platform.folder)).toEqual({ phase: 'absent' })
    expect(await platform.stop()).toBe(false)
    expect(await readFile(layOut(platform.folder).ports, 'utf8')).toBe(ports)
  })

  it('can be stopped while it starts', async () => {
    const start = platform.start(['dev'])
    // The supervisor, etcd and the first API servers.
    await expect.poll(async () => (await platform.processes()).length, { timeout: 30_000 }).toBeGreaterThan(3)
    expect(await platform.stop()).toBe(true)
    expect(await platform.processes()).toEqual([])
    expect(await start).toMatchObject({ ok: false })
    expect(await readStatus(platform.folder)).toEqual({ phase: 'absent' })
  })

  it('names the process that took a recorded port', async () => {
    const { shared } = JSON.parse(await readFile(layOut(platform.folder).ports, 'utf8')) as Ports
    const thief = createServer().listen({ host: '127.0.0.1', port: shared.hub })
    const result = await platform.start(['dev'])
    thief.close()
    const [finding, ...others] = findingsOf(result)
    expect([finding?.code, others]).toEqual(['PORT_IN_USE', []])
    expect(finding?.found).toContain(`port ${shared.hub}, recorded for hub, is in use by`)
    expect(finding?.found).toContain(`(process ${process.pid})`)
    expect(await platform.processes()).toEqual([])
  })

  it('ends with the process that it was started for', async () => {
    await platform.stop()
    const owner = spawn('sleep', ['600'])
    vi.stubEnv(END_WITH, String(owner.pid))
    expect(findingsOf(await platform.start(['dev']))).toEqual([])
    owner.kill('SIGKILL')
    await expect.poll(() => platform.processes(), { timeout: 60_000 }).toEqual([])
    vi.unstubAllEnvs()
  })

  async function readProcess(name: string) {
    const status = await readStatus(platform.folder)
    const found =
      'supervisor' in status && status.supervisor.processes.find((process) => process.name === name)
    if (!found) throw new Error(`${name} is not there`)
    return found
  }
})

/** Compared with none, so that a failed test shows what is wrong. */
function findingsOf(result: Result<unknown>): Finding[] {
  return result.ok ? [] : result.findings
}
