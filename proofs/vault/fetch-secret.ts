import type { Manifest } from '@opencore/renderer'
import type { Account } from './accounts.ts'
import type { Vault } from './start-vault.ts'

/** What External Secrets goes by: a store, and a secret that comes from it. */
export interface Fetched {
  /** Name of the ExternalSecret. */
  name: string
  account: Account
  role: string
  audience: string
  /** Path of the store, and of the entry in it. */
  mount: string
  key: string
  /** `v1` of what keeps no versions, such as passwords that are rotated. */
  version: 'v1' | 'v2'
  properties: readonly string[]
}

interface Store {
  provider: {
    vault: {
      path: string
      version: 'v1' | 'v2'
      auth: { kubernetes: { role: string; serviceAccountRef: { name: string; audiences: [string] } } }
    }
  }
}

interface External {
  secretStoreRef: { kind: string; name: string }
  data: { remoteRef: { key: string; property: string } }[]
}

/** Every ExternalSecret among objects that comes from a store among them. */
export function listFetched(objects: readonly Manifest[]): Fetched[] {
  const read = (object: Manifest) => object['metadata'] as { name: string; namespace: string }
  const stores = new Map(
    objects
      .filter(({ kind }) => kind === 'SecretStore')
      .map((object) => [`${read(object).namespace}/${read(object).name}`, object['spec'] as Store]),
  )
  return objects
    .filter(({ kind }) => kind === 'ExternalSecret')
    .flatMap((object) => {
      const { name, namespace } = read(object)
      const { secretStoreRef, data = [] } = object['spec'] as Partial<External>
      const store = stores.get(`${namespace}/${secretStoreRef?.name ?? ''}`)
      const [first] = data
      if (!store || !first) return []
      const { path, version, auth } = store.provider.vault
      const { role, serviceAccountRef } = auth.kubernetes
      return {
        name,
        account: { namespace, name: serviceAccountRef.name },
        role,
        audience: serviceAccountRef.audiences[0],
        mount: path,
        version,
        key: first.remoteRef.key,
        properties: data.map(({ remoteRef }) => remoteRef.property),
      }
    })
}

/**
 * Do what External Secrets does: a token of the account, a login, a look at what that token is, without which it calls no
 * store ready, and a read.
 * @param as who does it, where that is not the account of the store
 * @returns the entry, or the status by which it was refused
 */
export async function fetchSecret(
  vault: Vault,
  { account, role, audience, mount, key, version }: Fetched,
  as: Account = account,
): Promise<unknown> {
  const { auth, status } = await vault.logIn(as, role, audience)
  if (!auth) return status
  const path = 'auth/token/lookup-self'
  const found = await vault.ask({ method: 'GET', path, token: auth.client_token })
  if (found.status !== 200 || found.data?.['type'] !== 'batch')
    throw new Error(`${role} does not learn what its token is: ${found.status} ${JSON.stringify(found.data)}`)
  const entry = version === 'v2' ? `${mount}/data/${key}` : `${mount}/${key}`
  const read = await vault.ask({ method: 'GET', path: entry, token: auth.client_token })
  return (version === 'v2' ? read.data?.['data'] : read.data) ?? read.status
}
