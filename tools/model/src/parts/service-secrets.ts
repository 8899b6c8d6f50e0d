import { groupOf } from '@opencore/contract'
import type { Json, JsonObject } from '../json.ts'
import { itemsAt, textAt, valueAt } from '../read-value.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { certManager } from './cert-manager.ts'
import { listIssued, LOGIN_REFRESH, LOGIN_SECRET } from './issued.ts'
import { neighboursAmong, type Maker, type Manifest } from './made.ts'
import type { Facts, OwnSecret, Part, SecretStore } from './part.ts'
import { folderOf, type Settings } from './settings.ts'
import { deriveStore, secretFolderOf, vaultInUse } from './vault.ts'

/** A Secret that pods may read: these keys of it, or all. */
interface Readable {
  name: string
  keys?: readonly string[]
}

/** The Secret that a secret of a service's own is in. */
export function secretNameOf({ objects }: Part, { name }: Pick<OwnSecret, 'name'>): string {
  return `${objects}-${name}`
}

/**
 * A service's own secrets, brought from the environment's store and mounted, and the list of all Secrets that its pods
 * may read: its own, those of what it uses, and what its own objects make. The API server refuses its pods any other.
 */
export function deriveSecrets(facts: Facts): DerivedValues {
  const { part, settings } = facts
  const store = storeOf(facts)
  const own = store ? part.secrets : []
  const readable = [
    ...own.map((secret) => ({ name: secretNameOf(part, secret) })),
    ...settings.flatMap(listSecrets),
    ...listMadeSecrets(part),
  ]
  return joinDerived([
    deriveStore(facts),
    ...own.flatMap((secret) => [
      derive(
        ['externalSecrets', secret.name],
        {
          store: { ...store },
          path: `${secretFolderOf(part, facts)}/${secret.name}`,
          keys: [...secret.keys],
        },
        secret.place,
      ),
      derive(
        ['volumes', secret.name],
        {
          mountPath: folderOf(secret.name),
          readOnly: true,
          secret: { secretName: secretNameOf(part, secret) },
        },
        secret.place,
      ),
    ]),
    deriveDatabaseLogin(facts),
    valueAt(part.values, 'serviceAccount', 'create') === false
      ? nothing
      : derive(['serviceAccount', 'secrets'], joinReadable(readable), part.place),
  ])
}

/** User and password of a service whose password the vault rotates, as the vault has them now. */
function deriveDatabaseLogin(facts: Facts): DerivedValues {
  const { part, parts, environment } = facts
  const vault = vaultInUse(facts)
  const issued = listIssued(parts, environment).find(({ service }) => service.name === part.name)
  if (!vault || !issued) return nothing
  const { place } = issued
  return joinDerived([
    derive(['secretStore', 'databases'], 'database', place),
    derive(
      ['externalSecrets', LOGIN_SECRET],
      {
        store: { kind: 'SecretStore', name: `${part.objects}-databases` },
        path: `static-creds/${part.name}`,
        keys: ['username', 'password'],
        refreshInterval: LOGIN_REFRESH,
      },
      place,
    ),
    derive(
      ['rotation'],
      { secret: LOGIN_SECRET, period: textAt(vault.values, 'configuration', 'rotationPeriod') ?? '' },
      place,
    ),
  ])
}

/** Where a service's secrets come from: a store that the environment names, else one of its own, where there is a vault. */
function storeOf(facts: Facts): SecretStore | undefined {
  const own: SecretStore = { kind: 'SecretStore', name: facts.part.objects }
  return vaultInUse(facts) ? own : facts.environment.value.secretStore
}

/** Every Secret that a service is told of, and of which keys. */
function listSecrets({ env, files = {}, properties = {} }: Settings): Readable[] {
  return [
    ...Object.values(env).flatMap(listReferences),
    ...Object.values(files).map(({ secretName, keys }) => ({ name: secretName, keys })),
    ...Object.values(properties).map(({ secretName, keys }) => ({
      name: secretName,
      keys: Object.values(keys),
    })),
  ]
}

/**
 * The Secrets of which a process knows what they held when it started: properties, variables, and files that are read once.
 * One of them that changes wants new pods, or the process goes on until the old certificate or password ends.
 */
export function listReadOnce({ files = {}, ...settings }: Settings): string[] {
  const once = Object.entries(files).filter(([, { readOnce }]) => readOnce)
  return listSecrets({ ...settings, files: Object.fromEntries(once) }).map(({ name }) => name)
}

function listReferences(variable: Json): Readable[] {
  const name = textAt(variable, 'secretKeyRef', 'name')
  const key = textAt(variable, 'secretKeyRef', 'key')
  return name === undefined || key === undefined ? [] : [{ name, keys: [key] }]
}

/** Each Secret once, ordered by name, with all keys that somebody names; without, where one reads it whole. */
function joinReadable(readable: readonly Readable[]): JsonObject[] {
  const names = [...new Set(readable.map(({ name }) => name))].sort()
  return names.map((name) => {
    const all = readable.filter((one) => one.name === name)
    const keys = all.flatMap((one) => one.keys ?? [])
    return all.every((one) => one.keys) ? { name, keys: [...new Set(keys)].sort() } : { name }
  })
}

/** What cert-manager makes of certificates that the service brings itself. */
function listMadeSecrets({ values }: Part): Readable[] {
  const makers: Readonly<Record<string, Maker>> = certManager.makes
  return itemsAt(values, 'extraObjects')
    .filter(isManifest)
    .flatMap((object) => makers[`${groupOf(object)}/${object.kind}`]?.(object, neighboursAmong([])) ?? [])
    .map(({ metadata: { name } }) => ({ name }))
}

function isManifest(object: unknown): object is Manifest {
  return [['apiVersion'], ['kind'], ['metadata', 'name']].every(
    (path) => textAt(object, ...path) !== undefined,
  )
}
