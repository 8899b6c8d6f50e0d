import type { Environment } from '../../define/environment.ts'
import type { Peers } from '../../define/peer.ts'
import type { JsonObject, Path } from '../../json.ts'
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

/** A release of the data layer in this region and its like in another, of which one serves and one waits. */
export interface Pair {
  /** Whether the release is in the region that serves or in the one that waits. */
  role: Environment['role']
  /** Environment of the other. */
  counterpart: string
  /** Domains of the hosts in this region and in the other. */
  domains: { own: string; other: string }
  /** Addresses of the other region. */
  cidrs: readonly string[]
}

/** What both of a pair have, so that one can follow the other. */
export interface Following {
  /** Where the follower comes in, at the release that serves. */
  source: Door
  /** The follower's pods and the port that they go to, at the release that waits. */
  follower: Door
  /** The values of this one of the two. */
  values: JsonObject
}

/** Where the chart's values hold users, and how to judge their rights. */
export interface Users {
  path: readonly string[]
  /** What rights name. */
  what: 'topic' | 'keyspace'
  /** The names that exist; absent where they cannot be told from values alone. */
  known?: readonly string[]
  /** Every name in a user's rights. */
  named: (rights: unknown) => readonly { name: string; path: Path }[]
  hasRights: (user: unknown) => boolean
  /** Rights as one writes them. */
  example: string
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
  /** How a release that waits follows its like that serves; none where it does not, or does so by an archive alone. */
  follows?: (data: DataRelease, pair: Pair) => Following | undefined
  /** Its users, one for each service; none where everybody is the owner, or the release's values forbid it. */
  users?: (data: DataRelease) => Users | undefined
  /** The other values that follow: peers that the chart wants by name, and what Prometheus needs. */
  values: (peers: PeerEnds) => JsonObject
  /** Environment variables of a service that uses it. */
  settings: (data: DataRelease, service: string) => JsonObject
}
