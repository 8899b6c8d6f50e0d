import type { Certificates, NodeIdentities } from '../control-plane/make-certificates.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'
import type { Storage } from '../storage/provision-volumes.ts'
import type { Layout } from './layout.ts'
import type { EnvironmentSpec, RealSpec } from './platform-spec.ts'

/** What the nodes of one environment are told. */
export interface NodeWorld {
  layout: Layout
  certificates: Certificates
  /** The API server's address as nodes reach it. */
  server: string
  /** An administrator's, of that API server. */
  client: KubernetesClient
}

/**
 * Who makes real nodes where they are not simulated (tools/nodes; this package knows no node). What it started carries
 * the platform's marker, so that whoever stops the platform finds it.
 */
export interface RealNodes extends NodeIdentities {
  /** What the volumes of these nodes are made of. */
  storage: Storage
  /** One process for each node; its end is the node's. Kept as the platform's others are. */
  list: (world: NodeWorld) => Promise<ProcessSpec[]>
}

/** Makes the nodes of an environment that has real ones; their network is there when it resolves. */
export type OpenNodes = (environment: EnvironmentSpec & { real: RealSpec }) => Promise<RealNodes>
