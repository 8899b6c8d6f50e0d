import { entriesAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Part, Published } from '../part.ts'
import { sumPublished } from '../published.ts'

/**
 * What listeners take of the cluster: of a load balancer or a node port, a Service for the bootstrap and one for each
 * broker (strimzi-kafka-operator 1.2.0, KafkaCluster.java, generateExternalBootstrapServices and
 * generatePerPodServices), and a node port for each unless a load balancer does without.
 */
export function publishedByKafka({ values }: Part): Published {
  const services = entriesAt(values, 'listeners')
    .map(([, listener]) => listener)
    .filter((listener) => valueAt(listener, 'enabled') !== false)
    .map((listener) => {
      const type = textAt(listener, 'type')
      const count = brokersOf(values) + (saysNo(listener, 'createBootstrapService') ? 0 : 1)
      const loadBalancers = type === 'loadbalancer' ? count : 0
      const withoutPorts = saysNo(listener, 'allocateLoadBalancerNodePorts')
      const nodePorts = type === 'nodeport' || (type === 'loadbalancer' && !withoutPorts) ? count : 0
      return { loadBalancers, nodePorts }
    })
  return sumPublished(services)
}

const saysNo = (listener: unknown, key: string) => valueAt(listener, 'configuration', key) === false

function brokersOf(values: Part['values']): number {
  const extra = entriesAt(values, 'extraPools').map(([, pool]) => numberAt(pool, 'replicas') ?? 0)
  return extra.reduce((sum, replicas) => sum + replicas, numberAt(values, 'brokers', 'replicas') ?? 0)
}
