import type { Labels } from './label-selector.ts'
import type { Pod } from './pods.ts'
import { asList } from './read.ts'

/**
 * Whether istiod's webhook gives pods a proxy: the pod's own label, and where it says nothing its namespace's
 * (https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy).
 */
export function isInjected(labels: Labels, namespaceLabels: Labels): boolean {
  const own = labels['sidecar.istio.io/inject']
  return own === undefined ? namespaceLabels['istio-injection'] === 'enabled' : own === 'true'
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
