import { FindingsError } from '@opencore/contract/findings'
import type { KindRef } from './kubernetes-object.ts'
import type { Send } from './send.ts'

interface Resource {
  kind: string
  /** The plural, or `plural/subresource`. */
  name: string
  namespaced: boolean
}

export interface Discovery {
  /** The API's path of an object or, without a name, of its collection. Throws when the kind is not served. */
  findPath: (ref: KindRef & { metadata?: { name?: string; namespace?: string } }) => Promise<string>
  /** Whether the API server has this kind. */
  serves: (kind: KindRef) => Promise<boolean>
  /** Whether objects of this kind live in namespaces; false of a kind that it does not have. */
  isNamespaced: (kind: KindRef) => Promise<boolean>
}

/** Paths of objects by asking the API server once for each group and version, and again for a kind it did not know. */
export function createDiscovery(send: Send): Discovery {
  const cache = new Map<string, Promise<Map<string, Resource>>>()
  const load = (apiVersion: string) => {
    const resources = fetchResources(send, apiVersion)
    cache.set(apiVersion, resources)
    resources.catch(() => cache.delete(apiVersion))
    return resources
  }
  const findResource = async ({ apiVersion, kind }: KindRef) => {
    const known = (await (cache.get(apiVersion) ?? load(apiVersion))).get(kind)
    return known ?? (await load(apiVersion)).get(kind)
  }
  return {
    async findPath({ apiVersion, kind, metadata = {} }) {
      const resource = await findResource({ apiVersion, kind })
      if (resource === undefined) throw unknownKind({ apiVersion, kind })
      const { name: plural, namespaced } = resource
      // A collection without a namespace is that of all namespaces; an object without one is in `default`.
      const namespace = metadata.namespace ?? (metadata.name === undefined ? undefined : 'default')
      return [
        groupPath(apiVersion),
        ...(namespaced && namespace !== undefined ? ['namespaces', namespace] : []),
        plural,
        ...(metadata.name === undefined ? [] : [metadata.name]),
      ].join('/')
    },
    serves: async (kind) => (await findResource(kind)) !== undefined,
    isNamespaced: async (kind) => (await findResource(kind))?.namespaced ?? false,
  }
}

async function fetchResources(send: Send, apiVersion: string): Promise<Map<string, Resource>> {
  const { status, body } = await send('GET', groupPath(apiVersion))
  if (status !== 200) return new Map()
  const { resources } = body as { resources: Resource[] }
  return new Map(
    resources.filter(({ name }) => !name.includes('/')).map((resource) => [resource.kind, resource]),
  )
}

const groupPath = (apiVersion: string) =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`

function unknownKind({ apiVersion, kind }: KindRef): FindingsError {
  return new FindingsError([
    {
      code: 'KIND_NOT_SERVED',
      severity: 'error',
      at: { file: `${apiVersion}/${kind}` },
      found: `the API server serves no kind ${kind} in ${apiVersion}`,
      wanted: 'a kind of Kubernetes itself, or one whose CustomResourceDefinition was applied',
      next: 'check apiVersion and kind, or add the definition to the API catalogue',
    },
  ])
}
