import type { KubernetesObject } from '@opencore/cluster'

/** A store of objects, and how one logs in there. */
export interface ObjectStore {
  host: string
  port: number
  /** Who signed its certificate, PEM. */
  authority: string
  keyId: string
  key: string
}

/** The Secret with a store's login and authority, and its keys. */
const SECRET = 'archive'
const keys = { id: 'access-key-id', key: 'secret-access-key', authority: 'ca.crt' }

/** What the values of a database say of its archive, beside its place: a login of a Secret, where a cloud gives a role. */
export function archiveValues({ host, port }: Pick<ObjectStore, 'host' | 'port'>) {
  const of = (key: string) => ({ name: SECRET, key })
  return {
    endpointURL: `https://${host}:${port}`,
    endpointCA: of(keys.authority),
    s3Credentials: {
      inheritFromIAMRole: false,
      accessKeyId: of(keys.id),
      secretAccessKey: of(keys.key),
    },
  }
}

/** The Secret that these values name, put where the External Secrets operator would put it, which is not there. */
export function archiveSecret({ authority, keyId, key }: ObjectStore, namespace: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: SECRET, namespace },
    stringData: { [keys.id]: keyId, [keys.key]: key, [keys.authority]: authority },
  }
}
