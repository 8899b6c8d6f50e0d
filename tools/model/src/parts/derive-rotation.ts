import type { JsonObject } from '../json.ts'
import { textAt, valueAt } from '../read-value.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { listIssued, loginUserOf, MANAGER, ROTATED } from './issued.ts'
import type { Facts, Part } from './part.ts'
import { passwordPathOf, vaultInUse } from './vault.ts'

/**
 * What a database needs whose users' passwords the vault rotates: a user of the vault's own, which sets their passwords and
 * does nothing else, a user for the service, and a certificate of the authority that the vault knows.
 */
export function deriveRotation(
  part: Part,
  { parts, environment }: Pick<Facts, 'parts' | 'environment'>,
): DerivedValues {
  const vault = vaultInUse({ parts, environment })
  const issued = listIssued(parts, environment).filter(({ database }) => database.name === part.name)
  const [first] = issued
  if (!vault || !first) return nothing
  const owner =
    textAt(part.values, 'bootstrap', 'initdb', 'owner') ??
    textAt(part.values, 'bootstrap', 'initdb', 'database') ??
    'app'
  const manager: JsonObject = {
    login: true,
    inherit: false,
    passwordSecret: { name: `${part.objects}-${MANAGER}` },
    comment: `sets the passwords of ${ROTATED}, and does nothing else`,
  }
  const issuer = valueAt(vault.values, 'tls', 'issuerRef') as JsonObject | undefined
  const rotation: JsonObject = {
    role: MANAGER,
    store: { name: part.objects, kind: 'SecretStore' },
    path: passwordPathOf(part, { environment }),
  }
  return joinDerived([
    derive(['roles', MANAGER], manager, first.place),
    derive(['roles', ROTATED], { comment: `those whose passwords ${MANAGER} sets` }, first.place),
    ...issued.map(({ service, place }) => {
      const comment = `${service.name} logs in by it, and is ${owner} then`
      return derive(
        ['roles', loginUserOf(service)],
        { login: true, inRoles: [owner, ROTATED], comment },
        place,
      )
    }),
    derive(['passwordRotation'], rotation, first.place),
    issuer ? derive(['certificates', 'issuerRef'], issuer, first.place) : nothing,
  ])
}

/** The vault goes to each database in which it rotates passwords; nobody else is changed. */
export function withDatabases(
  part: Part,
  { parts, environment }: Pick<Facts, 'parts' | 'environment'>,
): Part {
  if (part.name !== vaultInUse({ parts, environment })?.name) return part
  const uses = listIssued(parts, environment).map(({ database: { kind, name }, place }) => ({
    kind,
    to: name,
    rights: {},
    place,
  }))
  return { ...part, uses: [...part.uses, ...uses] }
}
