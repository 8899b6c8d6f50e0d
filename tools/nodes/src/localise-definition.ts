import type { Environment } from '@opencore/model'

/** Where an environment's API server answers: the address that real nodes reach, and its port. */
export interface ApiServer {
  host: string
  port: number
}

/** The first address of the range of Services, and the port that every cluster gives its own. */
const SERVICE = { cidr: '10.96.0.1/32', port: 443 }

/**
 * An environment as it is on real nodes of this machine: its API server is elsewhere, and there is no cloud, so nothing is
 * backed up to it, and what was has no role of it.
 * @param saved releases that are backed up
 */
export function localiseDefinition(
  definition: Environment,
  { host, port }: ApiServer,
  saved: readonly string[],
): Environment {
  const { identity, data, addresses, ...rest } = definition
  const roles = Object.entries(identity?.roles ?? {}).filter(([name]) => !saved.includes(name))
  const at = (cidr: string, number: number, of: 'service' | 'endpoints') => ({
    cidrs: [cidr],
    ports: [{ port: number, protocol: 'TCP' as const }],
    of,
  })
  const unsaved = saved.map((name) => [name, { ...data?.[name], backups: { enabled: false } }] as const)
  return {
    ...rest,
    ...(identity && { identity: { ...identity, roles: Object.fromEntries(roles) } }),
    addresses: {
      ...addresses,
      'kubernetes-api': [at(SERVICE.cidr, SERVICE.port, 'service'), at(`${host}/32`, port, 'endpoints')],
    },
    data: { ...data, ...Object.fromEntries(unsaved) },
  }
}
