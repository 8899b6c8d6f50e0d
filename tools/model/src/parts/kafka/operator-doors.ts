import { valueAt } from '../../read-value.ts'
import { tcp } from '../end.ts'
import type { Door, Part } from '../part.ts'

/** Where workers of Connect and of MirrorMaker 2 listen. */
export const WORKERS_PORT = 8083

/**
 * Where Strimzi's operator comes in; the chart opens it with `network.operator`. At nodes the quorum, replication and the
 * agent, at Cruise Control and workers their API (strimzi-kafka-operator 1.2.0, NetworkPolicies of the models).
 */
export function operatorDoors(part: Part): Door[] {
  const has = (key: string) => valueAt(part.values, key, 'enabled') === true
  return [
    operatorDoor(part, 'kafka', 9090, 9091, 8443),
    ...(has('cruiseControl') ? [operatorDoor(part, 'cruise-control', 9090)] : []),
    ...(has('connect') ? [operatorDoor(part, 'connect-connect', WORKERS_PORT)] : []),
    ...(has('mirror') ? [operatorDoor(part, 'mirror-mirrormaker2', WORKERS_PORT)] : []),
  ]
}

/** Where it comes in to pods of one kind. */
export function operatorDoor({ objects }: Part, pods: string, ...ports: number[]): Door {
  return {
    for: 'strimzi',
    podLabels: { 'strimzi.io/name': `${objects}-${pods}` },
    ports: tcp(...ports),
    ...(pods !== 'kafka' && { suffix: `:${pods}` }),
  }
}
