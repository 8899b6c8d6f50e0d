import { clusterAddresses, type PlatformInput, type Replacement } from '@opencore/model'

type Path = Replacement['path']

/** A place of an environment that no two share, so that it is asked for. */
export interface AskedPlace {
  flag: '--address' | '--role'
  /** What stands before the `=`. */
  key: string
  path: Path
  isList: boolean
  /** What the like one has there. */
  now: string
}

interface Address {
  cidrs?: unknown
  of?: unknown
}

/** What a like environment says of its cluster alone: its addresses, its roles in the cloud. */
export interface LikeEnvironment {
  file: string
  definition: {
    addresses?: Readonly<Record<string, readonly Address[]>>
    identity?: { addresses?: readonly Address[]; roles?: Readonly<Record<string, string>> }
    counterpart?: unknown
  }
  asked: AskedPlace[]
  buckets: string[]
}

/** The environment of a name, as far as it can be read. */
export function readLike(name: string, { modules }: Pick<PlatformInput, 'modules'>): LikeEnvironment {
  const file = `environments/${name}/index.ts`
  const [definition = {}] = Object.values(modules[file] ?? {}) as LikeEnvironment['definition'][]
  const { addresses = {}, identity } = definition
  const hosts = listExternalHosts(modules)
  const asked = [
    ...Object.entries(addresses).flatMap(([key, list]) => askAddresses(key, ['addresses', key], list)),
    ...askAddresses('identity', ['identity', 'addresses'], identity?.addresses ?? []),
    ...Object.entries(identity?.roles ?? {}).map(([release, now]): AskedPlace => ({
      flag: '--role',
      key: release,
      path: ['identity', 'roles', release],
      isList: false,
      now,
    })),
  ]
  return {
    file,
    definition,
    asked,
    // Whatever is not in every cluster, and no host that is used beyond the platform, is an object store.
    buckets: Object.keys(addresses).filter((key) => !clusterAddresses.includes(key) && !hosts.has(key)),
  }
}

/** One of several of the same thing is told apart by whose it is, or by its number. */
function askAddresses(key: string, path: Path, list: readonly Address[]): AskedPlace[] {
  return list.map(({ cidrs, of }, index) => ({
    flag: '--address',
    key: list.length === 1 ? key : `${key}/${typeof of === 'string' ? of : String(index + 1)}`,
    path: [...path, index, 'cidrs'],
    isList: true,
    now: Array.isArray(cidrs) ? cidrs.join(',') : '',
  }))
}

/** The hosts beyond the platform that services use, or that values have the URL of: they have their name in every environment. */
function listExternalHosts(modules: PlatformInput['modules']): Set<string> {
  const definitions = Object.values(modules).flatMap((exported) => Object.values(exported)) as {
    uses?: { external?: readonly { host: string }[] }
  }[]
  const used = definitions.flatMap(({ uses }) => (uses?.external ?? []).map(({ host }) => host))
  const urls = JSON.stringify(definitions).matchAll(/"https?:\/\/([^/:"]+)/g)
  return new Set([...used, ...Array.from(urls, ([, host = '']) => host)])
}
