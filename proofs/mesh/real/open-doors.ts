/** Two services between which nobody declared a call, in one namespace. */
export interface Pair {
  namespace: string
  caller: string
  callee: string
}

const select = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } })
const port = { port: 8080, protocol: 'TCP' }

/** NetworkPolicies that let a caller through to a callee, at both ends: for what the mesh alone refuses. */
export function openNetwork({ namespace, caller, callee }: Pair): object[] {
  const policy = (name: string, spec: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `opened-${name}`, namespace },
    spec,
  })
  return [
    policy('caller', {
      podSelector: select(caller),
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: select(callee) }], ports: [port] }],
    }),
    policy('callee', {
      podSelector: select(callee),
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: select(caller) }], ports: [port] }],
    }),
  ]
}

/** What a caller's proxy knows, with a callee among it: without, it passes the call on as it is, in plain. */
export const openScope = ({ namespace, caller, callee }: Pair): object => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Sidecar',
  metadata: { name: caller, namespace },
  spec: {
    workloadSelector: { labels: { 'app.kubernetes.io/instance': caller, 'app.kubernetes.io/name': caller } },
    egress: [{ hosts: [`${namespace}/${callee}.${namespace}.svc.cluster.local`, 'istio-system/*'] }],
  },
})
