import type { ObjectChange } from './compare-objects.ts'
import type { FieldChange } from './list-fields.ts'

/** What a change may do, the riskiest first. */
export const risks = [
  'drift',
  'removal',
  'replacement',
  'immutable',
  'access',
  'network',
  'definition',
  'replicas',
  'image',
  'other',
  'addition',
  'labels',
] as const

export type Risk = (typeof risks)[number]

/** The same change of several objects. */
export interface ChangeGroup {
  risk: Risk
  kind: string
  /** Nothing of objects that go, or that come and say nothing of who may do what. */
  field?: FieldChange
  /** `refused`: a cluster does not take the object as it is to be. */
  action: ObjectChange['action'] | 'refused'
  /** `namespace/name` of each object; of a connection each end that may reach, or may not any more. */
  names: string[]
  /** Of a connection: what is reached. */
  to?: string
  /** Of a connection: on which ports of it. */
  ports?: string
  /** Of a connection: the end that is not there yet, for which the door is open already. */
  absent?: 'from' | 'to'
  /** Of what is refused: why, in the words of the API server. Of what drifts from its record: how. */
  message?: string
}

/** A change of one object. */
export type SingleChange = Omit<ChangeGroup, 'names'> & { name: string }

/** Changes that are alike but for the name, each once, in the order in which they are met. */
export function groupAlike(changes: readonly SingleChange[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>()
  for (const { name, ...change } of changes) {
    const key = JSON.stringify(change)
    const group = groups.get(key) ?? { ...change, names: [] }
    group.names.push(name)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** The riskiest first; what is alike in risk stays in its order. */
export function sortGroups(groups: readonly ChangeGroup[]): ChangeGroup[] {
  return [...groups].sort((a, b) => risks.indexOf(a.risk) - risks.indexOf(b.risk))
}
