import type { JsonObject } from '../json.ts'
import { itemsAt, textAt, valueAt } from '../read-value.ts'
import type { Published } from './part.ts'

/**
 * What a Service takes of the quota of its namespace: a load balancer takes node ports as well, unless it says that it
 * needs none (kubernetes 1.36, pkg/quota/v1/evaluator/core/services.go).
 */
export function publishedByService(spec: unknown): Published {
  const type = textAt(spec, 'type')
  const isBalancer = type === 'LoadBalancer'
  const takesPorts =
    type === 'NodePort' || (isBalancer && valueAt(spec, 'allocateLoadBalancerNodePorts') !== false)
  return {
    loadBalancers: isBalancer ? 1 : 0,
    nodePorts: takesPorts ? itemsAt(spec, 'ports').length : 0,
  }
}

/** What several take together. */
export function sumPublished(all: readonly Published[]): Published {
  const sum = (count: keyof Published) => all.reduce((total, each) => total + each[count], 0)
  return { loadBalancers: sum('loadBalancers'), nodePorts: sum('nodePorts') }
}

/** A port that an operator adds to a template of a Service, unless there is one of its name or number. */
export function withPort(spec: JsonObject, port: { name: string; port: number } & JsonObject): JsonObject {
  const ports = itemsAt(spec, 'ports') as readonly JsonObject[]
  const isThere = ports.some((each) => each['name'] === port.name || each['port'] === port.port)
  return { ...spec, ports: isThere ? [...ports] : [...ports, port] }
}
