import { asLabels } from './read.ts'
import type { KubernetesObject } from './rendered-object.ts'

/** A release that a control does not hold for, until a day. */
export interface Waiver {
  name: string
  control: string
  namespace: string
  release: string
  owner: string
  reason: string
  /** `2027-03-31`: the last day that it counts, in UTC. */
  expires: string
}

/** The waivers that charts/foundation wrote on a control's policy. */
export function readWaivers({ metadata }: KubernetesObject): readonly Waiver[] {
  return JSON.parse(asLabels(metadata.annotations)['opencore.dev/waivers'] ?? '[]') as Waiver[]
}

export function describeWaiver({ namespace, release, owner, reason, expires }: Waiver): string {
  return `${namespace}/${release} until ${expires} (${owner}: ${reason})`
}
