import type { JsonObject } from '../../json.ts'
import { valueAt } from '../../read-value.ts'
import { pick } from '../made.ts'
import type { Listener } from './listeners-of.ts'

/** On Services that tell their listeners in an annotation: createDiscoverableService in model/ServiceUtils.java. */
export const discovery = { 'strimzi.io/discovery': 'true' }

/** Kubernetes' type of Service for a type of listener; routes and ingresses go to one inside the cluster. */
const SERVICE_TYPES: Readonly<Record<string, string>> = { loadbalancer: 'LoadBalancer', nodeport: 'NodePort' }

/** model/KafkaCluster.java, generateExternalBootstrapServices and generatePerPodServices. */
export function listenerService(
  { type, port, portName, configuration }: Listener,
  selector: JsonObject,
): JsonObject {
  const serviceType = SERVICE_TYPES[type] ?? 'ClusterIP'
  const loadBalancerClass = valueAt(configuration, 'class')
  return {
    type: serviceType,
    ports: [{ name: portName, port, targetPort: portName, protocol: 'TCP' }],
    selector,
    ...(serviceType !== 'ClusterIP' && {
      externalTrafficPolicy: (valueAt(configuration, 'externalTrafficPolicy') ?? 'Cluster') as string,
    }),
    ...(serviceType === 'LoadBalancer' && {
      ...pick(configuration, 'loadBalancerSourceRanges', 'allocateLoadBalancerNodePorts'),
      ...(loadBalancerClass !== undefined && { loadBalancerClass: loadBalancerClass as string }),
    }),
  }
}
