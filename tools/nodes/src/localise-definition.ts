import { valueAt, type Environment } from '@opencore/model'
import { archiveValues, type ObjectStore } from './object-store/object-store.ts'

/** Where an environment's API server answers: the address that real nodes reach, and its port. */
export interface ApiServer {
  host: string
  port: number
}

/** The first address of the range of Services, and the port that every cluster gives its own. */
const SERVICE = { cidr: '10.96.0.1/32', port: 443 }

/**
 * An environment as it is on real nodes of this machine: its API server is elsewhere, and there is no cloud, whose roles nobody
 * has. What is backed up goes to the given store, and nowhere where there is none.
 * @param saved releases that are backed up
 */
export function localiseDefinition(
  definition: Environment,
  { host, port }: ApiServer,
  saved: readonly string[],
  archive?: Pick<ObjectStore, 'host' | 'port'>,
): Environment {
  const { identity, data, addresses, ...rest } = definition
  const roles = Object.entries(identity?.roles ?? {}).filter(([name]) => !saved.includes(name))
  const at = (cidr: string, number: number, of: 'service' | 'endpoints') => ({
    cidrs: [cidr],
    ports: [{ port: number, protocol: 'TCP' as const }],
    of,
  })
  const backups = archive === undefined ? { enabled: false } : archiveValues(archive)
  const changed = saved.map((name) => [name, { ...data?.[name], backups }] as const)
  return {
    ...rest,
    ...(identity && { identity: { ...identity, roles: Object.fromEntries(roles) } }),
    addresses: {
      ...addresses,
      'kubernetes-api': [at(SERVICE.cidr, SERVICE.port, 'service'), at(`${host}/32`, port, 'endpoints')],
      ...(archive !== undefined && placeBucket(definition, archive)),
    },
    data: { ...data, ...Object.fromEntries(changed) },
  }
}

/** The bucket that databases archive to, at the address of the store. */
function placeBucket(
  { values }: Environment,
  { host, port }: Pick<ObjectStore, 'host' | 'port'>,
): Environment['addresses'] {
  const paths = Object.values(values ?? {}).map((ofChart) => valueAt(ofChart, 'backups', 'destinationPath'))
  const path = paths.find((found) => typeof found === 'string')
  if (path === undefined) throw new Error('the environment has no place for backups')
  return { [new URL(path).hostname]: [{ cidrs: [`${host}/32`], ports: [{ port, protocol: 'TCP' }] }] }
}
