import type { Contract } from './contract.ts'
import type { Finding } from './finding.ts'
import { isObject, type JsonObject } from './json-schema.ts'
import { isMergeOperator, operator } from './merge-operators.ts'
import type { Owner } from './owner.ts'
import { toDotted, toPointer } from './pointer.ts'
import type { Locate } from './yaml-locator.ts'

/**
 * Keys of one layer that another owner decides, each with who that is; of a group that is all another's, the
 * group alone. Unknown keys are not its business: `validateValues` names those.
 * @param values one layer, such as a team's override file
 * @param owners who writes this layer: `['team']` for overrides, `['platform', 'team']` for our own layers
 */
export function checkOwners(
  contract: Contract,
  values: JsonObject,
  owners: readonly Owner[],
  locate: Locate,
): Finding[] {
  function visit(value: unknown, path: readonly string[]): Finding[] {
    const pointer = toPointer(path)
    const owner = contract.owners[pointer]
    if (owner !== undefined)
      return owners.includes(owner) ? visitMap(value, path) : [refuse(contract, pointer, owner, locate)]
    if (isMergeOperator(value)) return value[operator] === 'replace' ? visit(value.value, path) : []
    if (!isObject(value)) return []
    return Object.entries(value).flatMap(([key, inner]) => visit(inner, [...path, key]))
  }

  /** What inside a map is another's: names of it, and keys of its values. */
  function visitMap(value: unknown, path: readonly string[]): Finding[] {
    const { inside = {}, teamNames } = leafAt.get(toPointer(path)) ?? {}
    if (isMergeOperator(value)) return value[operator] === 'replace' ? visitMap(value.value, path) : []
    if (!isObject(value)) return []
    const refuseAt = (owner: Owner, ...steps: readonly string[]) =>
      owners.includes(owner) ? [] : [refuse(contract, toPointer([...path, ...steps]), owner, locate)]
    return Object.entries(value).flatMap(([name, inner]) => {
      if (teamNames !== undefined && !new RegExp(teamNames, 'u').test(name)) return refuseAt('platform', name)
      const entry = isMergeOperator(inner) && inner[operator] === 'replace' ? inner.value : inner
      if (!isObject(entry)) return []
      return Object.entries(inside).flatMap(([key, owner]) =>
        Object.hasOwn(entry, key) ? refuseAt(owner, name, key) : [],
      )
    })
  }

  const leafAt = new Map(contract.leaves.map((leaf) => [leaf.pointer, leaf]))
  return visit(values, [])
}

function refuse({ chart, leaves }: Contract, pointer: string, owner: Owner, locate: Locate): Finding {
  const at = locate(pointer)
  const key = `\`${toDotted(pointer)}\``
  const leaf = leaves.find((candidate) => `${candidate.pointer}/`.startsWith(`${pointer}/`))
  if (owner === 'graph')
    return {
      code: 'KEY_NOT_YOURS',
      severity: 'error',
      at,
      found: `${key} is set by hand`,
      wanted: `nothing: it is derived from ${leaf?.derivation ?? 'what services `use` and `expose`'}`,
      next: 'remove it, and change what it is derived from',
    }
  const next =
    owner === 'platform'
      ? 'ask the platform team, who set it in environments/'
      : 'leave it to the team of the service, in its overrides file'
  const own = leaves.some((candidate) => candidate.owner !== owner)
  return {
    code: 'KEY_NOT_YOURS',
    severity: 'error',
    at,
    found: `${key} belongs to the ${owner}${owner === 'team' ? '' : ' team'}`,
    wanted: own
      ? `a key that charts/${chart}/README.md gives to you`
      : 'nothing: no key of this chart is yours',
    next,
  }
}
