import type { Labels } from './label-selector.ts'
import type { Operation } from './operations.ts'
import type { ContainerPort, Protocol } from './pods.ts'

/** One flow of the model. An end is the name of a release or of a peer. */
export interface DeclaredFlow {
  from: string
  to: string
  /** The port that the destination's container listens on: its number, or its name. */
  port: number | string
  protocol?: Protocol
  /** Labels of the pods of `from` that call; all of them where left out. */
  callers?: readonly Labels[]
  /** Labels of the pods of `to` that listen; all of them where left out, or some of those that an operator makes. */
  receivers?: readonly Labels[]
  /** What the callers ask for, by HTTP; anything where left out. */
  operations?: readonly Operation[]
  /** May be there, and need not be: one of its ends does not know of it. */
  isOptional?: boolean
}

/** Pods that are not ours, such as the ingress gateway, Prometheus or cluster DNS. */
export interface PodPeer {
  name: string
  namespace: string
  /** Labels of its pods; none means any pod of the namespace. */
  labels: Labels
  namespaceLabels?: Labels
  /** ServiceAccount of its pods, where they are in the mesh. */
  account?: string
  ports?: readonly ContainerPort[]
}

/** Addresses outside the cluster's pods, such as the API server or a partner's hosts. */
export interface AddressPeer {
  name: string
  cidr: string
  /** Where it listens; on the ports of any flow to it where left out. */
  ports?: readonly ContainerPort[]
  /** Whether it is the address of a Service, or one of those behind it. */
  of?: 'service' | 'endpoints'
}

export type Peer = PodPeer | AddressPeer
