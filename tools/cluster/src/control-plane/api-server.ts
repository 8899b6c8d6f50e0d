import type { Connection } from '../kubernetes/connection.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'
import type { CertificateFiles } from './ensure-certificates.ts'
import type { Certificates } from './make-certificates.ts'
import { etcdAddress } from './etcd.ts'
import { answersOk } from './probe.ts'

export interface ApiServerOptions {
  /** Absolute path of the kube-apiserver binary. */
  command: string
  /** Names the process, its log and its keys in etcd. */
  name: string
  port: number
  /** The address that it listens on, at which real nodes reach it; loopback where there are none. */
  host?: string
  etcdPort: number
  certificates: CertificateFiles
  /** Admission plugins on top of, or taken from, Kubernetes' own defaults. */
  admission?: { enable?: readonly string[]; disable?: readonly string[] }
}

/** From the range for documentation: no process listens there, and nothing needs the machine's own address. */
const ADVERTISED = '192.0.2.1'
const LOOPBACK = '127.0.0.1'
export const SERVICE_RANGE = '10.96.0.0/16'

/** An API server with RBAC; several share one etcd, each under its own prefix. */
export function apiServer(options: ApiServerOptions): ProcessSpec {
  const { command, name, port, certificates, admission, host } = options
  const { authority, server, serviceAccount, encryption } = certificates.files
  const list = (flag: string, plugins: readonly string[] = []) =>
    plugins.length > 0 ? [`--${flag}-admission-plugins=${plugins.join(',')}`] : []
  return {
    name: `kube-apiserver-${name}`,
    command,
    args: [
      `--bind-address=${host ?? LOOPBACK}`,
      `--secure-port=${port}`,
      ...(host === undefined ? WITHOUT_NODES : withNodes(host, options)),
      `--service-cluster-ip-range=${SERVICE_RANGE}`,
      `--etcd-servers=${etcdAddress(options.etcdPort)}`,
      `--etcd-prefix=/${name}`,
      `--etcd-cafile=${authority}`,
      `--etcd-certfile=${server.certificate}`,
      `--etcd-keyfile=${server.key}`,
      `--encryption-provider-config=${encryption}`,
      `--client-ca-file=${authority}`,
      `--tls-cert-file=${server.certificate}`,
      `--tls-private-key-file=${server.key}`,
      '--authorization-mode=Node,RBAC',
      '--allow-privileged',
      // Nobody here competes for a share; without it a start writes less and a request costs less.
      '--enable-priority-and-fairness=false',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${serviceAccount.publicKey}`,
      `--service-account-signing-key-file=${serviceAccount.privateKey}`,
      ...list('enable', admission?.enable),
      ...list('disable', admission?.disable),
    ],
    ready: () =>
      answersOk(`${serverAddress(port, host)}/readyz`, certificates.authority, certificates.clients.admin),
  }
}

/** Where no pod runs, none asks for the API server by the name of a Service. */
const WITHOUT_NODES = [`--advertise-address=${ADVERTISED}`, '--endpoint-reconciler-type=none']

/** What real pods and kubelets need: the API server's own Service, webhooks by the addresses of pods, logs and exec. */
function withNodes(host: string, { certificates: { files } }: ApiServerOptions): string[] {
  return [
    `--advertise-address=${host}`,
    '--enable-aggregator-routing=true',
    '--kubelet-preferred-address-types=InternalIP',
    `--kubelet-client-certificate=${files.kubeletClient.certificate}`,
    `--kubelet-client-key=${files.kubeletClient.key}`,
  ]
}

/** How an administrator reaches the API server on this port, and this address where it is not on loopback. */
export function adminConnection(
  port: number,
  { authority, clients }: Certificates,
  host?: string,
): Connection {
  return { server: serverAddress(port, host), authority, ...clients.admin }
}

function serverAddress(port: number, host = LOOPBACK): string {
  return `https://${host}:${port}`
}
