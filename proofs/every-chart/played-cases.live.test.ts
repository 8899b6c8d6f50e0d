import { findUnplayed, loadSimulation, readHealthChecks } from '@opencore/cluster'
import { formatFinding, groupOf } from '@opencore/contract'
import { moduleFolder } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { renderReleases } from '@opencore/renderer'
import { readCharts } from '@opencore/charts'
import { requestCases } from '../shared/request-cases.ts'

/** Kinds that somebody reads and nobody waits for: what is in their status says nothing about them. */
const READ_ONLY = [
  'autoscaling.k8s.io/VerticalPodAutoscaler',
  'cilium.io/CiliumNetworkPolicy',
  'generators.external-secrets.io/Password',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/PrometheusRule',
  'monitoring.coreos.com/ServiceMonitor',
  'networking.istio.io/DestinationRule',
  'networking.istio.io/Sidecar',
  'networking.istio.io/VirtualService',
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/PeerAuthentication',
  'telemetry.istio.io/Telemetry',
]

const silent = () => undefined
const [kinds, simulation, { crds }] = await Promise.all([
  listRenderedKinds(),
  readSimulation(),
  loadApiCatalogue(silent),
])

/** Every kind of every case of every chart, as `group/Kind`. */
async function listRenderedKinds(): Promise<{ group: string; kind: string }[]> {
  const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
  const requests = await Promise.all(charts.map(({ folder }) => requestCases(root, folder, 'cases')))
  const found = new Map<string, { group: string; kind: string }>()
  for await (const { objects, error } of renderReleases(requests.flat(), silent)) {
    if (objects === undefined) throw new Error(error)
    for (const object of objects) {
      const group = groupOf(object)
      found.set(`${group}/${object.kind}`, { group, kind: object.kind })
    }
  }
  return [...found.values()]
}

async function readSimulation() {
  const modules = ['sigs.k8s.io/kwok', 'github.com/argoproj/argo-cd/v3'].map(moduleFolder)
  const [kwok = '', argocd = ''] = await Promise.all(modules)
  return loadSimulation({
    modules: { kwok, argocd },
    stages: join(root, 'tools/cluster/stages'),
    healthChecks: await readHealthChecks(),
  })
}

describe('of every kind that a case renders', () => {
  it('what Argo CD waits for, a controller or a stage of the embedded platform writes', () => {
    const resources = kinds.map((kind) => ({ ...kind, name: 'x' }))
    const metadata = { name: 'cases' }
    const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata }
    const spec = { destination: {}, source: { targetRevision: '', path: '' } }
    const findings = findUnplayed({ ...application, spec, status: { resources } }, simulation)
    expect(findings.map(formatFinding)).toEqual([])
  })

  it('an operator’s own has a health check, or a stage where it reports nothing', () => {
    const reporting = crds
      .map(({ manifest }) => manifest['spec'] as DefinitionSpec)
      .filter(({ versions }) => versions.some(({ subresources }) => subresources?.status !== undefined))
      .map(({ group, names }) => `${group}/${names.kind}`)
    const unwatched = kinds
      .map(({ group, kind }) => `${group}/${kind}`)
      .filter((kind) => reporting.includes(kind))
      .filter((kind) => !simulation.hasHealth(kind) && !simulation.played.has(kind))
    expect(unwatched.sort()).toEqual(READ_ONLY.filter((kind) => reporting.includes(kind)))
  })
})

interface DefinitionSpec {
  group: string
  names: { kind: string }
  versions: { subresources?: { status?: object } }[]
}
