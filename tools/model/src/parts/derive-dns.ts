import type { Path } from '../json.ts'
import { derive, type DerivedValues } from './derived-values.ts'
import { networkPeers } from './network-rule.ts'
import type { Facts } from './part.ts'

/** Where pods look up names, as the charts want it at `path`: the environment's DNS servers and their port. */
export function deriveDns({ platform }: Facts, path: Path): DerivedValues {
  const { value, place } = platform('dns')
  const port = 'ports' in value ? value.ports[0] : undefined
  return derive(path, { peers: networkPeers(value), ...(port && { port: port.port }) }, place)
}
