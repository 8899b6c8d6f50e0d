import type { Peers } from '../../define/peer.ts'
import type { JsonObject } from '../../json.ts'
import type { AddressEnd, PodEnd } from '../derive-flows.ts'

/** What the graph knows of a release of the data layer: its chart's values after all layers, defaults included. */
export interface DataRelease {
  name: string
  /** What its objects are named after. */
  objects: string
  namespace: string
  values: JsonObject
}

/** Pods of a release that others come to. */
export interface Door {
  podLabels: Readonly<Record<string, string>>
  ports: readonly number[]
  /** The list of the chart's values below `network` that takes the flow. */
  list: string
  /** Ends the id of a flow, where the same ends have several. */
  suffix?: string
}

/** The far ends that a chart names by itself and not as flows. */
export type PeerEnds = Record<'cloudNativePg' | 'strimzi' | 'redisOperator', PodEnd> &
  Record<'kubernetesApi' | 'objectStore', AddressEnd>

/**
 * What is known of one kind of data: how its operator names and labels what it makes, and what a client is told. One
 * file for each kind, and nothing about an operator anywhere else in the model.
 */
export interface DataKind {
  /** Where services come in. */
  clients: (data: DataRelease) => Door[]
  /** Where Prometheus comes in. */
  metrics: (data: DataRelease) => Door[]
  /** Where the operator comes in, where the chart takes that as flows. */
  operator?: { peer: 'cloudNativePg'; doors: (data: DataRelease) => Door[] }
  /** Whom its pods call, and the list of the chart's values that takes the flow. */
  reaches: (data: DataRelease) => { peer: keyof Pick<Peers, 'kubernetesApi' | 'objectStore'>; list: string }[]
  /** The other values that follow: peers that the chart wants by name, what Prometheus needs, users. */
  values: (peers: PeerEnds, users: readonly string[]) => JsonObject
  /** Environment variables of a service that uses it. */
  settings: (data: DataRelease, service: string) => JsonObject
}
