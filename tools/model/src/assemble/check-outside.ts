import type { Finding } from '@opencore/contract/findings'
import type { Definition } from '../definition.ts'
import type { Environment } from '../define/environment.ts'
import type { PlatformEnd } from '../parts/end.ts'
import { narrowEnd } from '../parts/end.ts'
import type { ExternalUse, Part } from '../parts/part.ts'
import type { Graph } from '../graph/list-flows.ts'
import type { Locator } from '../locate/create-locator.ts'
import { findVault, vaultChart } from '../parts/vault.ts'

/**
 * What services use beyond the platform, in one environment. Findings: `EXTERNAL_REPEATED`, `EXTERNAL_PORT` where the host
 * has addresses and none with that port, `SECRET_STORE_MISSING`. A host without addresses is `PLATFORM_PART_UNKNOWN`.
 */
export function checkOutside(
  { parts, platform }: Graph,
  environment: Definition<Environment>,
  locate: Locator,
): Finding[] {
  return parts.flatMap((part) => [
    ...part.external.flatMap((use, index) => {
      const isFirst = part.external.findIndex((other) => isSame(other, use)) === index
      if (!isFirst) return repeated(part, use, locate)
      return checkPort(use, platform.get(use.host), environment.value.name, locate)
    }),
    ...(findVault(parts) ? [] : checkStore(part, environment, locate)),
  ])
}

const isSame = (one: ExternalUse, other: ExternalUse) =>
  one.host === other.host && one.port === other.port && one.protocol === other.protocol

function repeated({ name }: Part, { host, port, place }: ExternalUse, locate: Locator): Finding[] {
  return [
    {
      code: 'EXTERNAL_REPEATED',
      severity: 'error',
      at: locate(place),
      found: `\`${name}\` lists ${host}:${port} twice`,
      wanted: 'each host and port once',
      next: 'remove it',
    },
  ]
}

function checkPort(
  use: ExternalUse,
  end: Definition<PlatformEnd> | undefined,
  environment: string,
  locate: Locator,
): Finding[] {
  if (!end || !('addresses' in end.value)) return []
  const narrowed = narrowEnd(end.value, [use])
  if (!('addresses' in narrowed) || narrowed.addresses.length > 0) return []
  const known = end.value.addresses.flatMap(({ ports }) =>
    ports.map(({ port, protocol }) => `${port}/${protocol}`),
  )
  return [
    {
      code: 'EXTERNAL_PORT',
      severity: 'error',
      at: locate(end.place),
      found: `${use.host} has no address with port ${use.port}/${use.protocol} in ${environment}, where a service goes to it; it has ${known.join(', ')}`,
      wanted: 'the addresses of that port, or another port in the definition of the service',
      next: `compare with ${use.place.file}`,
    },
  ]
}

function checkStore(
  { name, secrets }: Part,
  { value, place }: Definition<Environment>,
  locate: Locator,
): Finding[] {
  const [first] = secrets
  if (!first || value.secretStore) return []
  return [
    {
      code: 'SECRET_STORE_MISSING',
      severity: 'error',
      at: locate(place),
      found: `\`${name}\` has a secret \`${first.name}\`, and ${value.name} does not say where secrets come from`,
      wanted: `a component of the chart \`${vaultChart}\`, or \`secretStore\` with kind and name of a store of the External Secrets operator`,
      next: 'add it',
    },
  ]
}
