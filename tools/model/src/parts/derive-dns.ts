import type { Path } from '../json.ts'
import { derive, joinDerived, type DerivedValues } from './derived-values.ts'
import { networkPeers } from './network-rule.ts'
import type { Facts } from './part.ts'

/** The environment's DNS servers. */
const DNS = 'dns'

/** NodeLocal DNSCache, among the addresses of an environment that has one. */
export const DNS_CACHE = 'dns-cache'

/** What every pod may ask for names: open to all, and no flow of the graph. */
export const nameServers: readonly string[] = [DNS, DNS_CACHE]

/**
 * Where pods look up names, as the charts want it at `path`: the environment's DNS servers and their port, and the
 * addresses of NodeLocal DNSCache where it has one. That is no pod of a network but listens on each node, on an address
 * of its own and, without IPVS, on that of the DNS servers' Service
 * (https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/).
 */
export function deriveDns({ platform, known }: Facts, path: Path): DerivedValues {
  const { value, place } = platform(DNS)
  const cache = known(DNS_CACHE)
  const port = 'ports' in value ? value.ports[0] : undefined
  const peers = [...networkPeers(value), ...(cache ? networkPeers(cache.value) : [])]
  return joinDerived([
    derive(path, { peers, ...(port && { port: port.port }) }, place),
    ...(cache ? [derive([...path, 'peers'], peers, cache.place)] : []),
  ])
}
