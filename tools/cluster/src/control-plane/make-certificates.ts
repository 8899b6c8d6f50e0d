import { webcrypto } from 'node:crypto'
import type { JsonGeneralNames } from '@peculiar/x509'
import type { KeyPair } from './certificate-authority.ts'

/** Everything that the servers of one folder need to trust each other. */
export interface Certificates {
  /** The authority's certificate, PEM. Its key is dropped: nobody can issue more. */
  authority: string
  /** For etcd and every API server, on loopback. */
  server: KeyPair
  /** One for each name of CLIENTS. */
  clients: Record<ClientName, KeyPair>
  /** Of real nodes: each kubelet's by its node's name, and the one that their proxies share. */
  nodes: Record<string, KeyPair>
  /** Signs and checks service account tokens, PEM. */
  serviceAccount: { publicKey: string; privateKey: string }
}

/** Clients by the user and group that Kubernetes' built-in roles expect of them. */
const CLIENTS = {
  admin: 'CN=opencore-admin, O=system:masters',
  'kube-controller-manager': 'CN=system:kube-controller-manager',
  'kube-scheduler': 'CN=system:kube-scheduler',
} as const
export type ClientName = keyof typeof CLIENTS

/** What real nodes need beside: nothing where nodes are simulated. */
export interface NodeIdentities {
  /** The address at which nodes reach the API servers of this machine. */
  host: string
  names: readonly string[]
}

/** The name under `nodes` of what every proxy is. No node is called so: it has no number. */
export const NODE_PROXY = 'kube-proxy'

/** 10.96.0.1 is the first address of the service range, where pods look for the API server. */
const SERVER_NAMES: JsonGeneralNames = [
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '10.96.0.1' },
  { type: 'dns', value: 'localhost' },
  { type: 'dns', value: 'kubernetes.default.svc' },
]
/** Make a new authority and all certificates below it: about 20 ms, nothing is written. */
export async function makeCertificates(identities?: NodeIdentities): Promise<Certificates> {
  // The library is loaded where certificates are made, which is once a checkout.
  const { exportKey, generateKeys, issue, makeAuthority, pem } = await import('./certificate-authority.ts')
  const authority = await makeAuthority('opencore-platform')
  const client = (name: ClientName) => issue(authority, CLIENTS[name])
  const serviceAccount = await generateKeys()
  const names: JsonGeneralNames =
    identities === undefined ? SERVER_NAMES : [...SERVER_NAMES, { type: 'ip', value: identities.host }]
  const nodes: Record<string, KeyPair> = {}
  for (const name of identities?.names ?? [])
    nodes[name] = await issue(authority, `CN=system:node:${name}, O=system:nodes`)
  if (identities !== undefined) nodes[NODE_PROXY] = await issue(authority, 'CN=system:kube-proxy')
  return {
    authority: authority.certificate.toString('pem'),
    server: await issue(authority, 'CN=opencore-server', names),
    clients: {
      admin: await client('admin'),
      'kube-controller-manager': await client('kube-controller-manager'),
      'kube-scheduler': await client('kube-scheduler'),
    },
    nodes,
    serviceAccount: {
      publicKey: pem('PUBLIC KEY', await webcrypto.subtle.exportKey('spki', serviceAccount.publicKey)),
      privateKey: await exportKey(serviceAccount),
    },
  }
}
