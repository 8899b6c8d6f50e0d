import { join } from 'node:path'
import type { ProcessSpec } from '../processes/process-spec.ts'
import type { CertificateFiles } from './ensure-certificates.ts'
import { answersOk } from './probe.ts'

export interface EtcdOptions {
  /** Absolute path of the etcd binary. */
  command: string
  /** Its data goes to `<folder>/etcd`. */
  folder: string
  port: number
  peerPort: number
  certificates: CertificateFiles
}

/** One etcd on loopback: clients need a certificate, and every write is synced to the disk. */
export function etcd({ command, folder, port, peerPort, certificates }: EtcdOptions): ProcessSpec {
  const { authority, server } = certificates.files
  const peer = `https://127.0.0.1:${peerPort}`
  return {
    name: 'etcd',
    command,
    args: [
      '--name=opencore',
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${etcdAddress(port)}`,
      `--advertise-client-urls=${etcdAddress(port)}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=opencore=${peer}`,
      '--client-cert-auth',
      `--trusted-ca-file=${authority}`,
      `--cert-file=${server.certificate}`,
      `--key-file=${server.key}`,
      '--peer-client-cert-auth',
      `--peer-trusted-ca-file=${authority}`,
      `--peer-cert-file=${server.certificate}`,
      `--peer-key-file=${server.key}`,
      '--log-level=warn',
    ],
    ready: () => answersOk(`${etcdAddress(port)}/health`, certificates.authority, certificates.clients.admin),
  }
}

/** Where API servers find an etcd that was started with this port. */
export function etcdAddress(port: number): string {
  return `https://127.0.0.1:${port}`
}
