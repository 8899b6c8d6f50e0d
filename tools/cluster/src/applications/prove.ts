import type { ResourceStatus } from './application.ts'

/**
 * Whether controllers made what is seen, or a stage of the simulator did. On real nodes containers run, and it says what
 * is not real of it: whose status is played, and that an image stands for the bank's.
 */
export type Proof = 'real' | 'simulated' | `real, ${string}`

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
 * (`/Pod` for the core group): from them follow the kinds that rest on pods. Where pods are not played, nodes are real.
 */
export function prove(resources: readonly ResourceStatus[], played: ReadonlySet<string>): Proof {
  if (!played.has('/Pod')) return proveOnNodes(resources, played)
  const simulated = new Set([...played, ...OWNERS_OF_PODS])
  return resources.some((resource) => simulated.has(nameKind(resource))) ? 'simulated' : 'real'
}

function proveOnNodes(resources: readonly ResourceStatus[], played: ReadonlySet<string>): Proof {
  const kinds = [...new Set(resources.filter((each) => played.has(nameKind(each))).map(({ kind }) => kind))]
  const notes = [
    ...(resources.some((each) => OWNERS_OF_PODS.includes(nameKind(each))) ? ['stand-in image'] : []),
    ...(kinds.length > 0 ? [`played ${kinds.sort().join(', ')}`] : []),
  ]
  return notes.length === 0 ? 'real' : `real, ${notes.join(', ')}`
}

/** `group/Kind`; the core group is empty. */
export function nameKind({ group = '', kind }: { group?: string; kind: string }): string {
  return `${group}/${kind}`
}
