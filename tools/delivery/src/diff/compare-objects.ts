import { groupOf } from '@opencore/contract'
import { listFields, type FieldChange } from './list-fields.ts'

/** An object of Kubernetes, as far as it is compared. */
export interface ComparedObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string }
}

/** What becomes of one object. */
export interface ObjectChange {
  /** Such as `NetworkPolicy.networking.k8s.io`; of the core group the kind alone. */
  kind: string
  /** `namespace/name`, or the name alone. */
  name: string
  action: 'added' | 'removed' | 'changed'
  /** Of a changed one. */
  fields: FieldChange[]
}

/**
 * What differs between two sets of objects, in the order of the names. What a Secret holds is never said, only that it
 * is another.
 */
export function compareObjects(
  before: readonly ComparedObject[],
  after: readonly ComparedObject[],
): ObjectChange[] {
  const [old, now] = [before, after].map((side) => new Map(side.map((object) => [identify(object), object])))
  const ids = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort()
  return ids.flatMap((id) => compareObject(old?.get(id), now?.get(id)))
}

function compareObject(before?: ComparedObject, after?: ComparedObject): ObjectChange[] {
  const object = after ?? before
  if (object === undefined) return []
  const group = groupOf(object)
  const { name, namespace } = object.metadata
  const named = {
    kind: group === '' ? object.kind : `${object.kind}.${group}`,
    name: namespace === undefined ? name : `${namespace}/${name}`,
  }
  if (before === undefined) return [{ ...named, action: 'added', fields: [] }]
  if (after === undefined) return [{ ...named, action: 'removed', fields: [] }]
  const fields = listFields(before, after)
  if (fields.length === 0) return []
  return [{ ...named, action: 'changed', fields: object.kind === 'Secret' ? fields.map(hide) : fields }]
}

const hide = ({ path }: FieldChange): FieldChange => ({ path, before: '(hidden)', after: '(hidden)' })

/** One that moves to another version of its API is the same object. */
const identify = (object: ComparedObject) =>
  [groupOf(object), object.kind, object.metadata.namespace ?? '', object.metadata.name].join('\0')
