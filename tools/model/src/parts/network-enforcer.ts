/** What flows call the API server. */
export const API_SERVER = 'kubernetes-api'

/**
 * Which address of the API server an enforcer of network policies judges: that of its Service, those of the endpoints
 * behind it, or none, since it knows the API server as an entity of its own.
 */
export type ApiServerView = 'service' | 'endpoints' | 'entity'

/**
 * What enforces network policies, by whether it judges a connection before the address of a Service is translated or
 * after. Kubernetes leaves it open (https://kubernetes.io/docs/concepts/services-networking/network-policies/). Sources:
 * aws/aws-network-policy-agent#326 (sees 172.20.0.10, not the pod behind it), projectcalico/calico#6634, cilium/cilium#20550
 * (a block never matches what is in the cluster; docs.cilium.io, "Access to/from kube-apiserver"), ovn-kubernetes and
 * kube-router, whose rules stand behind the load balancer's.
 */
const views = {
  'aws-vpc-cni': 'service',
  calico: 'endpoints',
  cilium: 'entity',
  'kube-router': 'endpoints',
  'ovn-kubernetes': 'endpoints',
} as const satisfies Record<string, ApiServerView>

/** The name of what enforces network policies. */
export type NetworkEnforcer = keyof typeof views

export const networkEnforcers = Object.keys(views) as NetworkEnforcer[]

/** As what a connection to the API server has to be open; as both addresses where the enforcer is not known. */
export function viewsOfApiServer(enforcer: NetworkEnforcer | undefined): ApiServerView[] {
  return enforcer === undefined ? ['service', 'endpoints'] : [views[enforcer]]
}
