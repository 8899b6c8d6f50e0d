import { groupOf } from '@opencore/contract'
import { certManager } from './cert-manager.ts'
import { externalSecrets } from './external-secrets.ts'
import { partKinds } from './index.ts'
import type { Manifest, Neighbours } from './made.ts'
import type { Archive, PartKind } from './part.ts'

/** What clusters bring that makes something of our objects, and is no chart of ours. */
const operators: readonly Pick<PartKind, 'makes'>[] = [certManager, externalSecrets]

const kinds = Object.values(partKinds)

/** Which operators' resources make something, by `group/Kind`. */
const makers = new Map([...kinds, ...operators].flatMap(({ makes = {} }) => Object.entries(makes)))

/** Every kind of which an operator makes something, as `group/Kind`. */
export const madeKinds: readonly string[] = [...makers.keys()]

/** Every kind that is looked at to know what operators make, as `group/Kind`. */
export const readKinds: readonly string[] = [...madeKinds, ...kinds.flatMap(({ reads = [] }) => reads)]

/**
 * What an operator makes of a rendered object; nothing where no operator of ours looks after its kind.
 * @param neighbours what else is in its namespace
 */
export function listMade(object: Manifest, neighbours: Neighbours): Manifest[] {
  return makers.get(nameOf(object))?.(object, neighbours) ?? []
}

/** Labels that tell pods of one operator's set apart. */
export const podIdentity: ReadonlySet<string> = new Set(kinds.flatMap(({ podIdentity = [] }) => podIdentity))

const archivers = new Map(kinds.flatMap(({ archives = {} }) => Object.entries(archives)))

/** Every kind that archives to a place outside the cluster, as `group/Kind`. */
export const archivingKinds: readonly string[] = [...archivers.keys()]

/** Where an object archives to. */
export function listArchives(object: Manifest, neighbours: Neighbours): Archive[] {
  return archivers.get(nameOf(object))?.(object, neighbours) ?? []
}

const access = new Map(kinds.flatMap((kind) => Object.entries(kind.access ?? {})))

/** What of an operator's resource says who may do what: all of it, the field of a path, or nothing. */
export function accessIn(groupKind: string): string | undefined {
  return access.get(groupKind)
}

const nameOf = (object: Manifest) => `${groupOf(object)}/${object.kind}`
