import type { KubernetesObject } from '@opencore/cluster'

export interface ClientPod {
  name: string
  /** The service that it is to policies: the application's name, and its account. */
  service: string
  namespace: string
  /** The database, as whose application it logs in; without its Secrets in another namespace. */
  cluster: { name: string; namespace: string }
  image: string
  /** The node that it must not be on, since something is done to that. */
  avoid?: string
  /** A script of dash; without one it waits to be told what to run. */
  script?: string
}

/** How a derived service reaches its database: by name, over TLS that it verifies, as the owner. */
const CONNECTION = {
  PGSSLMODE: 'verify-full',
  PGSSLROOTCERT: '/authority/ca.crt',
  PGCONNECT_TIMEOUT: '3',
}

/** A pod of a service, with PostgreSQL's own client in it, as the restricted level wants it; and its account. */
export function clientPod({
  name,
  service,
  namespace,
  cluster,
  image,
  script,
  avoid,
}: ClientPod): KubernetesObject[] {
  const fromSecret = (key: string) => ({ secretKeyRef: { name: `${cluster.name}-app`, key, optional: true } })
  const container = {
    name: 'client',
    image,
    // The kubelet holds standard input open, so that reading it waits.
    command: ['/bin/sh', '-c', script ?? 'read forever'],
    stdin: true,
    env: [
      { name: 'PGHOST', value: `${cluster.name}-rw.${cluster.namespace}.svc` },
      { name: 'PGDATABASE', valueFrom: fromSecret('dbname') },
      { name: 'PGUSER', valueFrom: fromSecret('username') },
      { name: 'PGPASSWORD', valueFrom: fromSecret('password') },
      ...Object.entries(CONNECTION).map(([key, value]) => ({ name: key, value })),
    ],
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '64Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [{ name: 'authority', mountPath: '/authority', readOnly: true }],
  }
  const secret = {
    secretName: `${cluster.name}-ca`,
    items: [{ key: 'ca.crt', path: 'ca.crt' }],
    optional: true,
  }
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: service, namespace },
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace,
        labels: { 'app.kubernetes.io/instance': service, 'app.kubernetes.io/name': service },
      },
      spec: {
        serviceAccountName: service,
        automountServiceAccountToken: false,
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 1,
        securityContext: { runAsNonRoot: true, runAsUser: 26, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [container],
        ...(avoid !== undefined && { affinity: { nodeAffinity: notOn(avoid) } }),
        volumes: [{ name: 'authority', secret }],
      },
    },
  ]
}

function notOn(node: string): object {
  const others = [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: [node] }]
  return {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: others }] },
  }
}
