import { WORKLOAD_IMAGE } from '../images/node-images.ts'

export const NAMESPACE = 'proof'
const labels = { app: 'answer' }
const metadata = (name: string) => ({ name, namespace: NAMESPACE })

/** One server on every node that says which it is on, as the restricted level wants pods, behind a Service. */
export function answers(): object[] {
  const container = {
    name: 'answer',
    image: WORKLOAD_IMAGE,
    args: ['serve', ':8080'],
    env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
  }
  const spec = {
    terminationGracePeriodSeconds: 1,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container],
  }
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: metadata('answer'),
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('answer'),
      spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
    },
  ]
}

/** Nobody comes in. */
export const deny = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata('deny'),
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
}

/** Its own kind comes in. */
export const allow = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata('allow'),
  spec: {
    podSelector: { matchLabels: labels },
    ingress: [{ from: [{ podSelector: { matchLabels: labels } }] }],
  },
}
