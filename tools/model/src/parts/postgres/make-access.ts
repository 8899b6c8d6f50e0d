import type { JsonObject } from '../../json.ts'
import { isListed, itemsAt, textAt, valueAt } from '../../read-value.ts'
import { withPort } from '../published.ts'
import { budget, handsOver, made, service, type Frame, type Manifest } from '../made.ts'

/** The three defaults less what is switched off, and those that the cluster asks for by a template. */
export function makeServices(cluster: Manifest, frame: Frame): Manifest[] {
  const { name } = cluster.metadata
  const own = { 'cnpg.io/cluster': name }
  const selectors: Record<string, JsonObject> = {
    rw: { ...own, 'cnpg.io/instanceRole': 'primary' },
    ro: { ...own, 'cnpg.io/instanceRole': 'replica' },
    r: { ...own, 'cnpg.io/podRole': 'instance' },
  }
  const isOff = (type: string) =>
    isListed(cluster, type, 'spec', 'managed', 'services', 'disabledDefaultServices')
  const defaults = Object.entries(selectors)
    .filter(([type]) => !isOff(type))
    .map(([type, selector]) =>
      made(service, `${name}-${type}`, frame, { spec: { ...managedService({}), selector } }),
    )
  const more = itemsAt(cluster, 'spec', 'managed', 'services', 'additional').map((each) => {
    const spec = managedService(valueAt(each, 'serviceTemplate', 'spec'))
    const selector = selectors[textAt(each, 'selectorType') ?? 'rw'] ?? {}
    const serviceName = textAt(each, 'serviceTemplate', 'metadata', 'name') ?? ''
    return made(service, serviceName, frame, { spec: { ...spec, selector } })
  })
  return [...defaults, ...more]
}

/** A template with the type and the port that the operator adds to it (pkg/specs/services.go). */
export function managedService(template: unknown): JsonObject {
  const port = { name: 'postgres', port: 5432, targetPort: 5432, protocol: 'TCP' }
  return withPort({ type: 'ClusterIP', ...((template ?? {}) as JsonObject) }, port)
}

/**
 * One for the primary, of whose node a drain moves it to a standby, if there is one (isNodeUnschedulableOrBeingDrained in
 * internal/controller/replicas.go); one for the standbys from three instances on.
 */
export function makeBudgets(cluster: Manifest, frame: Frame, instances: number): Manifest[] {
  if (valueAt(cluster, 'spec', 'enablePDB') === false) return []
  const { name } = cluster.metadata
  const one = (suffix: string, role: string, minAvailable: number, own = frame) => {
    const matchLabels = { 'cnpg.io/cluster': name, 'cnpg.io/instanceRole': role }
    return made(budget, `${name}${suffix}`, own, { spec: { minAvailable, selector: { matchLabels } } })
  }
  const moves = { ...frame, annotations: { ...frame.annotations, [handsOver]: 'standby' } }
  return [
    one('-primary', 'primary', 1, instances > 1 ? moves : frame),
    ...(instances < 3 ? [] : [one('', 'replica', instances - 2)]),
  ]
}
