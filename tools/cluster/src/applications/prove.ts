import type { ResourceStatus } from './application.ts'

/** Whether controllers made what is seen, or a stage of the simulator did. */
export type Proof = 'real' | 'simulated'

/**
 * Kinds whose health is that of their pods, which kwok plays: the controllers are real, the evidence is not.
 */
const OWNERS_OF_PODS = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
]

/**
 * The weakest proof among an Application's objects. `played` are the kinds of the stage files, as `group/Kind`
 * (`/Pod` for the core group): from them follow the kinds that rest on pods.
 */
export function prove(resources: readonly ResourceStatus[], played: ReadonlySet<string>): Proof {
  const simulated = new Set([...played, ...(played.has('/Pod') ? OWNERS_OF_PODS : [])])
  return resources.some((resource) => simulated.has(nameKind(resource))) ? 'simulated' : 'real'
}

/** `group/Kind`; the core group is empty. */
export function nameKind({ group = '', kind }: { group?: string; kind: string }): string {
  return `${group}/${kind}`
}
