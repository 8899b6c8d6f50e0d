import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Application } from '../applications/application.ts'
import { findUnplayed } from './find-unplayed.ts'
import { listOperated } from './list-operated.ts'
import { listPlayedKinds } from './list-played-kinds.ts'
import type { Simulation } from './simulation.ts'
import { loadSimulation } from './simulation.ts'

const definition = (group: string, kind: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: kind },
  spec: { group, names: { kind } },
})

const stages = resolve(import.meta.dirname, '../../stages')

describe('what is simulated', () => {
  let scratch: string
  let simulation: Simulation

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'opencore-simulation-'))
    for (const folder of ['pod/fast', 'node/fast', 'node/heartbeat-with-lease'])
      await mkdir(join(scratch, 'kustomize/stage', folder), { recursive: true })
    for (const kind of ['snapshot.storage.k8s.io/VolumeSnapshot', '_.crossplane.io/_']) {
      await mkdir(join(scratch, 'resource_customizations', kind), { recursive: true })
      await writeFile(join(scratch, 'resource_customizations', kind, 'health.lua'), '')
    }
    const modules = { kwok: scratch, argocd: scratch }
    simulation = await loadSimulation({ modules, stages, healthChecks: { 'example.org/Ours': 'return {}' } })
  })
  afterAll(() => rm(scratch, { recursive: true, force: true }))

  it('is read from every stage file', async () => {
    const files = await readdir(stages)
    expect(files.length).toBeGreaterThan(0)
    const played = await listPlayedKinds({ kwok: scratch, stages })
    expect([...played]).toEqual(expect.arrayContaining(['/Pod', '/Service', 'kafka.strimzi.io/Kafka']))
  })

  it('beside real nodes is no pod, and nothing that a real operator sees to', async () => {
    const operators = [definition('postgresql.cnpg.io', 'Cluster')]
    const operated = listOperated({ operators })
    const played = await listPlayedKinds({ kwok: scratch, stages, operated })
    expect([...operated]).toEqual(['postgresql.cnpg.io/Cluster'])
    expect([...played]).toEqual(expect.arrayContaining(['gateway.networking.k8s.io/HTTPRoute']))
    expect(['/Pod', '/Node', '/Service', ...operated].filter((kind) => played.has(kind))).toEqual([])
  })

  it.each([
    ['apps/Deployment', true],
    ['snapshot.storage.k8s.io/VolumeSnapshot', true],
    ['s3.aws.crossplane.io/Bucket', true],
    ['example.org/Ours', true],
    ['networking.k8s.io/NetworkPolicy', false],
    ['/ConfigMap', false],
  ])('knows whether Argo CD gives health to %s: %s', (kind, hasHealth) => {
    expect(simulation.hasHealth(kind)).toBe(hasHealth)
  })

  it('lacks a kind with health that nothing plays', () => {
    const kinds = ['VolumeSnapshot', 'VolumeSnapshot', 'NetworkPolicy', 'Deployment']
    const groups: Record<string, string> = { VolumeSnapshot: 'snapshot.storage.k8s.io', Deployment: 'apps' }
    const application: Application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'dev-mesh' },
      spec: { destination: {}, source: { targetRevision: '', path: '' } },
      status: {
        resources: kinds.map((kind) => ({ kind, name: 'x', group: groups[kind] ?? 'networking.k8s.io' })),
      },
    }
    const findings = findUnplayed(application, simulation)
    expect(findings.map(({ code, at }) => `${at.file} ${code}`)).toEqual(['dev-mesh KIND_WITHOUT_STATUS'])
    expect(findings[0]?.found).toContain('snapshot.storage.k8s.io/VolumeSnapshot')
  })
})
