import { groupBy } from '@opencore/contract'
import type { JsonObject } from '../json.ts'
import { valueAt } from '../read-value.ts'
import type { Labels } from './end.ts'

/** An object as its manifest says it. */
export interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; labels?: unknown; annotations?: unknown }
  [field: string]: unknown
}

/** What else is in the namespace of an object. */
export interface Neighbours {
  /** The one of a kind and a name, such as the Cluster that a Pooler names. */
  find: (kind: string, name: string) => Manifest | undefined
  /** All of a kind, such as the pools of a Kafka. */
  all: (kind: string) => readonly Manifest[]
}

/** Neighbours among objects of one namespace. */
export function neighboursAmong(objects: readonly Manifest[]): Neighbours {
  const byKind = groupBy(objects, ({ kind }) => kind)
  const all = (kind: string) => byKind.get(kind) ?? []
  return { all, find: (kind, name) => all(kind).find(({ metadata }) => metadata.name === name) }
}

/**
 * What an operator makes of a custom resource, as objects that the API server would take: every pod by itself, Jobs,
 * Services, claims, budgets, and Secrets with their keys and no values. Whatever counts against a quota, meets a
 * policy or is selected by something is there; commands and environment variables are not.
 */
export type Maker = (object: Manifest, neighbours: Neighbours) => Manifest[]

/** Names and labels that everything made of one resource shares. */
export interface Frame {
  namespace: string
  labels: Labels
  annotations?: Labels
}

/** One object that an operator makes. */
export function made(
  [apiVersion, kind]: readonly [apiVersion: string, kind: string],
  name: string,
  frame: Frame,
  fields: JsonObject,
): Manifest {
  return { apiVersion, kind, metadata: { name, ...frame }, ...fields }
}

export const pod = ['v1', 'Pod'] as const
export const service = ['v1', 'Service'] as const
export const claim = ['v1', 'PersistentVolumeClaim'] as const
export const serviceAccount = ['v1', 'ServiceAccount'] as const
export const job = ['batch/v1', 'Job'] as const
export const statefulSet = ['apps/v1', 'StatefulSet'] as const
export const deployment = ['apps/v1', 'Deployment'] as const
export const budget = ['policy/v1', 'PodDisruptionBudget'] as const

export const role = ['rbac.authorization.k8s.io/v1', 'Role'] as const
export const roleBinding = ['rbac.authorization.k8s.io/v1', 'RoleBinding'] as const

const secretKind = ['v1', 'Secret'] as const

/** Every kind that something is made into. */
export const madeInto: readonly { apiVersion: string; kind: string }[] = [
  ...[pod, service, claim, serviceAccount, job, statefulSet, deployment, budget, secretKind],
  ...[role, roleBinding],
].map(([apiVersion, kind]) => ({ apiVersion, kind }))

/** A Secret that an operator writes: which keys it has, and nothing of what they hold. */
export function secret(name: string, frame: Frame, keys: readonly string[]): Manifest {
  return made(secretKind, name, frame, { data: Object.fromEntries(keys.map((key) => [key, ''])) })
}

/** Who has a Role: an account of the same namespace. */
export function bound(name: string, frame: Frame, given: { role: string; account: string }): Manifest {
  const { namespace } = frame
  return made(roleBinding, name, frame, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: given.role },
    subjects: [{ kind: 'ServiceAccount', name: given.account, namespace }],
  })
}

/** A rule of a Role; about whatever there is of its resources, where it names none. */
export function rule(
  apiGroup: string,
  resources: readonly string[],
  verbs: readonly string[],
  names: readonly (string | undefined)[] = [],
): JsonObject {
  const resourceNames = [...new Set(names.filter((name) => name !== undefined && name !== ''))].sort()
  return {
    apiGroups: [apiGroup],
    resources,
    verbs,
    ...(resourceNames.length > 0 && { resourceNames: resourceNames as string[] }),
  }
}

/** On a Job that an operator makes: the pod that begins when the Job's own has ended, so that they never ask together. */
export const runsBefore = 'opencore.dev/runs-before'

/**
 * On a budget that an operator makes: when a node is drained, the operator hands over what the pod there does to another,
 * and the budget selects that one instead. So it keeps its one pod, and no drain waits.
 */
export const handsOver = 'opencore.dev/hands-over'

/** `first` to `first + count - 1`. */
export function serials(count: number, first = 0): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index)
}

/** The fields of a map that are set, under the same names. */
export function pick(from: unknown, ...keys: readonly string[]): JsonObject {
  const found = keys.map((key) => [key, valueAt(from, key)] as const)
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as JsonObject
}
