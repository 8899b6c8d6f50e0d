import type { Definition } from '../definition.ts'
import type { Environment } from '../define/environment.ts'
import type { PlatformPart } from '../define/platform-part.ts'
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
  return new Map([...pods, ...addressed].map((end) => [end.value.name, end]))
}
