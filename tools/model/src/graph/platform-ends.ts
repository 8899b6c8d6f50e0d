import type { Definition } from '../definition.ts'
import type { Environment } from '../define/environment.ts'
import type { PlatformPart } from '../define/platform-part.ts'
import { CLOUD_IDENTITY, identityAddresses } from '../parts/cloud-identity.ts'
import type { PlatformEnd } from '../parts/end.ts'

/** What parts of one environment can call beside each other, by name: what the cluster brings, and known addresses. */
export function listPlatformEnds(
  parts: readonly Definition<PlatformPart>[],
  { value, place }: Definition<Environment>,
): Map<string, Definition<PlatformEnd>> {
  const pods = parts.map(({ value: { ports = [], ...part }, place }) => ({
    value: { ...part, ports },
    place,
  }))
  const addressed = Object.entries(value.addresses).map(([name, addresses]) => ({
    value: { name, addresses },
    place: { ...place, path: ['addresses', name] },
  }))
  const { identity } = value
  const asked = identity && {
    value: { name: CLOUD_IDENTITY, addresses: identityAddresses(identity) },
    place: { ...place, path: ['identity'] },
  }
  return new Map([...pods, ...addressed, ...(asked ? [asked] : [])].map((end) => [end.value.name, end]))
}
