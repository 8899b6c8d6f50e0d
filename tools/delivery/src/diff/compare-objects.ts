import { builtInFields, groupOf, isFixed, type FixedFields } from '@opencore/contract'
import { isHook, isMadeAnew } from '../sync-behaviour.ts'
import { findSuccessors } from './find-successors.ts'
import { listFields, type FieldChange } from './list-fields.ts'

/** An object of Kubernetes, as far as it is compared. */
export interface ComparedObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> }
}

/** What becomes of one object. */
export interface ObjectChange {
  /** Such as `NetworkPolicy.networking.k8s.io`; of the core group the kind alone. */
  kind: string
  /** `namespace/name`, or the name alone. */
  name: string
  action: 'added' | 'removed' | 'changed'
  /** Of a changed one; of one that comes and says who may do what, all that it says. */
  fields: FieldChange[]
  /** Paths of those fields that the API server refuses to change. */
  fixed?: readonly string[]
  /** The object goes and one like it comes: its annotations ask for that, or its name is of what it holds. */
  isMadeAnew?: true
}

/**
 * What differs between two sets of objects, in the order of the names. What a Secret holds is never said, only that it
 * is another.
 * @param fixed what the API server refuses to change
 */
export function compareObjects(
  before: readonly ComparedObject[],
  after: readonly ComparedObject[],
  fixed: FixedFields = builtInFields,
): ObjectChange[] {
  const [old, now] = [indexObjects(before), indexObjects(after)]
  const successors = findSuccessors(old, now)
  const followed = new Set(successors.values())
  const ids = [...new Set([...old.keys(), ...now.keys()])].filter((id) => !followed.has(id)).sort()
  return ids.flatMap((id) => compareObject(old.get(id), now.get(successors.get(id) ?? id), fixed))
}

const indexObjects = (objects: readonly ComparedObject[]) =>
  new Map(objects.map((object) => [identify(object), object]))

function compareObject(
  before: ComparedObject | undefined,
  after: ComparedObject | undefined,
  known: FixedFields,
): ObjectChange[] {
  const object = after ?? before
  if (object === undefined) return []
  const { name, namespace } = object.metadata
  const named = {
    kind: kindOf(object),
    name: namespace === undefined ? name : `${namespace}/${name}`,
  }
  if (before === undefined) return [{ ...named, action: 'added', fields: listAccess(object) }]
  if (after === undefined) return [{ ...named, action: 'removed', fields: [] }]
  const all = listFields(before, after)
  const isSuccessor = before.metadata.name !== name
  const fields = isSuccessor && all.length > 1 ? all.filter(({ path }) => path !== 'metadata.name') : all
  if (fields.length === 0) return []
  const isAnew = isSuccessor || isMadeAnew(after)
  // A hook is made anew by every sync, so that it may be another each time.
  const own = isAnew || isHook(after) ? [] : (known.get(`${groupOf(object)}/${object.kind}`) ?? [])
  const fixed = fields.map(({ path }) => path).filter((path) => isFixed(own, path, { ...before }))
  return [
    {
      ...named,
      action: 'changed',
      fields: object.kind === 'Secret' ? fields.map(hide) : fields,
      ...(fixed.length > 0 && { fixed }),
      ...(isAnew && { isMadeAnew: true as const }),
    },
  ]
}

/** What a role or a binding says, or a rule of the mesh: its name says nothing of it. */
function listAccess(object: ComparedObject): FieldChange[] {
  if (!/^(rbac\.authorization\.k8s\.io|security\.istio\.io)$/.test(groupOf(object))) return []
  const said = Object.entries<unknown>({ ...object }).filter(
    ([key]) => !['apiVersion', 'kind', 'metadata'].includes(key),
  )
  return said.map(([path, after]) => ({ path, after }))
}

/** `Deployment.apps`; of the core group the kind alone. */
export function kindOf(object: ComparedObject): string {
  const group = groupOf(object)
  return group === '' ? object.kind : `${object.kind}.${group}`
}

const hide = ({ path }: FieldChange): FieldChange => ({ path, before: '(hidden)', after: '(hidden)' })

/** Which object it is: one that moves to another version of its API is the same. */
export const identify = (object: ComparedObject) =>
  [groupOf(object), object.kind, object.metadata.namespace ?? '', object.metadata.name].join('\0')
