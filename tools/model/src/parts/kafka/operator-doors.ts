import { valueAt } from '../../read-value.ts'
import { tcp } from '../end.ts'
import type { Door, Part } from '../part.ts'
import { CONNECT, MIRROR, podLabelsOf } from './pods.ts'

/** Strimzi 1.2: the quorum, replication, the agent of a node, Cruise Control, workers of Connect and of MirrorMaker 2. */
export const QUORUM = 9090
export const REPLICATION = 9091
const AGENT = 8443
export const CRUISE_CONTROL = 9090
export const WORKERS_PORT = 8083

/**
 * Where Strimzi's operator comes in; the chart opens it with `network.operator`. At nodes the quorum, replication and the
 * agent, at Cruise Control and workers their API (strimzi-kafka-operator 1.2.0, NetworkPolicies of the models).
 */
export function operatorDoors(part: Part): Door[] {
  const has = (key: string) => valueAt(part.values, key, 'enabled') === true
  return [
    operatorDoor(part, 'kafka', QUORUM, REPLICATION, AGENT),
    ...(has('cruiseControl') ? [operatorDoor(part, 'cruise-control', CRUISE_CONTROL)] : []),
    ...(has('connect') ? [operatorDoor(part, CONNECT, WORKERS_PORT)] : []),
    ...(has('mirror') ? [operatorDoor(part, MIRROR, WORKERS_PORT)] : []),
  ]
}

/** Where it comes in to pods of one kind. */
export function operatorDoor(part: Part, pods: string, ...ports: number[]): Door {
  return {
    for: 'strimzi',
    podLabels: podLabelsOf(part, pods),
    ports: tcp(...ports),
    ...(pods !== 'kafka' && { suffix: `:${pods}` }),
  }
}
