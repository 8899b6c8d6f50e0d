import type { Labels } from './label-selector.ts'
import type { Pod } from './pods.ts'
import { asList } from './read.ts'

/**
 * Whether a webhook of istiod's default revision gives pods a proxy: a namespace that says something decides first, and a
 * pod of another revision is nobody's (manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml).
 */
export function isInjected(labels: Labels, namespaceLabels: Labels): boolean {
  const own = labels['sidecar.istio.io/inject']
  const injection = namespaceLabels['istio-injection']
  const revision = namespaceLabels['istio.io/rev']
  if (own === 'false') return false
  if (injection !== undefined) return injection === 'enabled'
  if (revision !== undefined) return revision === 'default'
  const ownRevision = labels['istio.io/rev']
  return ownRevision === undefined ? own === 'true' : ownRevision === 'default'
}

/** What a proxy takes where the pod says nothing: `global.proxy.resources` of Istio's chart. */
const usual = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '2', memory: '1Gi' },
}

/** A pod's spec after injection, as far as it counts: the proxy is an init container that stays (manifests/charts, injection-template.yaml). */
export function withProxy({ spec, annotations }: Pod): Pod['spec'] {
  const said = (key: string) => annotations[`sidecar.istio.io/proxy${key}`]
  const [cpu, cpuLimit, memory, memoryLimit] = ['CPU', 'CPULimit', 'Memory', 'MemoryLimit'].map(said)
  const own = {
    requests: { ...(cpu && { cpu }), ...(memory && { memory }) },
    limits: { ...(cpuLimit && { cpu: cpuLimit }), ...(memoryLimit && { memory: memoryLimit }) },
  }
  const resources = [cpu, cpuLimit, memory, memoryLimit].some(Boolean) ? own : usual
  const proxy = { name: 'istio-proxy', restartPolicy: 'Always', resources }
  return { ...spec, initContainers: [...asList(spec['initContainers']), proxy] }
}
