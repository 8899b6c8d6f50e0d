import type { Finding } from '@opencore/contract/findings'
import type { Definition } from '../definition.ts'
import type { Environment } from '../define/environment.ts'
import { listCalls } from '../graph/list-calls.ts'
import type { Locator } from '../locate/create-locator.ts'
import {
  CLOUD_IDENTITY,
  identityAddresses,
  providerOf,
  roleAnnotations,
  type CloudIdentity,
} from '../parts/cloud-identity.ts'
import type { Part } from '../parts/part.ts'

/**
 * Credentials that parts get from the cloud, in one environment. Findings: `IDENTITY_MISSING` where it does not say how,
 * `IDENTITY_ADDRESSES` where it does not say from where, `IDENTITY_ROLE` for a part without a role or with something else,
 * `IDENTITY_ROLE_UNUSED` for a role that nothing takes.
 */
export function checkIdentity(
  parts: readonly Part[],
  { value, place }: Definition<Environment>,
  locate: Locator,
): Finding[] {
  const { identity } = value
  const asking = parts.filter((part) =>
    listCalls(part, { identity, mesh: undefined, collector: undefined }).some(
      ({ to }) => to === CLOUD_IDENTITY,
    ),
  )
  const [first] = asking
  if (!identity) return first ? [withoutIdentity(first.name, value.name, locate(place))] : []
  const at = (...path: string[]) => locate({ ...place, path: ['identity', ...path] })
  return [
    ...(identityAddresses(identity).length > 0 ? [] : [withoutAddresses(identity, at('provider'))]),
    ...asking.flatMap(({ name }) => {
      const given = identity.roles?.[name]
      return checkRole(name, identity, given === undefined ? at('roles') : at('roles', name))
    }),
    ...Object.keys(identity.roles ?? {})
      .filter((name) => Object.keys(roleAnnotations(identity, name)).length === 0 || !isAmong(name, asking))
      .map((name) => unusedRole(name, identity, isAmong(name, asking), at('roles', name))),
  ]
}

const isAmong = (name: string, parts: readonly Part[]) => parts.some((part) => part.name === name)

function withoutIdentity(part: string, environment: string, at: Finding['at']): Finding {
  return {
    code: 'IDENTITY_MISSING',
    severity: 'error',
    at,
    found: `\`${part}\` gets its credentials from the cloud, and ${environment} does not say how`,
    wanted:
      '`identity` with a provider and a role for each such part; without it nothing is archived and volumes fill up',
    next: 'add `identity`, or give the part the keys of a Secret',
  }
}

function withoutAddresses(identity: CloudIdentity, at: Finding['at']): Finding {
  return {
    code: 'IDENTITY_ADDRESSES',
    severity: 'error',
    at,
    found: `\`identity\` is ${identity.provider} and has no \`addresses\``,
    wanted: `those of ${providerOf(identity).endpoint}, as network policies of this cluster see them`,
    next: 'add them',
  }
}

function checkRole(part: string, identity: CloudIdentity, at: Finding['at']): Finding[] {
  const { role } = providerOf(identity)
  const given = identity.roles?.[part]
  if (!role || (given !== undefined && role.pattern.test(given))) return []
  return [
    {
      code: 'IDENTITY_ROLE',
      severity: 'error',
      at,
      found: given === undefined ? `\`${part}\` has no role` : `the role of \`${part}\` is "${given}"`,
      wanted: `one such as ${role.example}, which may read and write its archive and nothing else`,
      next: 'set it in `identity.roles`',
    },
  ]
}

function unusedRole(part: string, { provider }: CloudIdentity, asks: boolean, at: Finding['at']): Finding {
  return {
    code: 'IDENTITY_ROLE_UNUSED',
    severity: 'error',
    at,
    found: asks
      ? `\`${part}\` has a role, which ${provider} does not take from here`
      : `\`${part}\` has a role, and nothing of that name gets credentials from the cloud`,
    wanted: 'roles that do something',
    next: asks ? 'say it to the cloud, and take it out here' : 'correct the name, or take it out',
  }
}
