import type { KubernetesObject } from '@opencore/cluster'
import { podOfService, type PodOfService } from '@opencore/nodes'

export interface ClientPod extends PodOfService {
  /** The database, as whose application it logs in; without its Secrets in another namespace. */
  cluster: { name: string; namespace: string; database: string }
  image: string
  /** The address that the database's name stands for, where it is not to be asked for: names may be answered elsewhere. */
  address?: string
  /** A script of dash; without one it waits to be told what to run. */
  script?: string
}

/** How a derived service reaches its database: by name, over TLS that it verifies, as the owner. */
const CONNECTION = {
  PGSSLMODE: 'verify-full',
  PGSSLROOTCERT: '/authority/ca.crt',
  PGCONNECT_TIMEOUT: '3',
}
/** The user of the image. */
const POSTGRES = 26

/** A pod of a service, with PostgreSQL's own client in it. It reads what its account's list names, and nothing else. */
export function clientPod({ cluster, image, address, script, ...pod }: ClientPod): KubernetesObject {
  const fromSecret = (key: string) => ({ secretKeyRef: { name: `${cluster.name}-app`, key, optional: true } })
  const container = {
    name: 'client',
    image,
    // The kubelet holds standard input open, so that reading it waits.
    command: ['/bin/sh', '-c', script ?? 'read forever'],
    stdin: true,
    env: [
      { name: 'PGHOST', value: `${cluster.name}-rw.${cluster.namespace}.svc` },
      ...(address === undefined ? [] : [{ name: 'PGHOSTADDR', value: address }]),
      { name: 'PGDATABASE', value: cluster.database },
      { name: 'PGUSER', valueFrom: fromSecret('username') },
      { name: 'PGPASSWORD', valueFrom: fromSecret('password') },
      ...Object.entries(CONNECTION).map(([key, value]) => ({ name: key, value })),
    ],
    volumeMounts: [{ name: 'authority', mountPath: '/authority', readOnly: true }],
  }
  const secret = {
    secretName: `${cluster.name}-ca`,
    items: [{ key: 'ca.crt', path: 'ca.crt' }],
    optional: true,
  }
  return podOfService(pod, container, { runAsUser: POSTGRES, volumes: [{ name: 'authority', secret }] })
}
