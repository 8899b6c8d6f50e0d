import type { Environment } from '../define/environment.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { formatPath } from '../format-path.ts'
import type { Json, JsonObject, Path } from '../json.ts'
import type { DerivedValues } from './derived-values.ts'
import { networkPeer } from './network-peer.ts'

/** Where pods look up names, as the charts want it at `path`: the environment's DNS servers and their port. */
export function deriveDns({ value, place }: Definition<Environment>, path: Path): DerivedValues {
  const { dns } = value.peers
  const found: Json = { peers: [networkPeer(dns)], ...(dns.ports?.[0] && { port: dns.ports[0].port }) }
  return {
    values: path.reduceRight<Json>((inner, step) => ({ [step]: inner }), found) as JsonObject,
    places: new Map([[formatPath(path), { ...place, path: ['peers', 'dns'] }]]),
  }
}
