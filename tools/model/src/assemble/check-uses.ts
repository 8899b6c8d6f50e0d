import type { Finding } from '@opencore/contract'
import type { Service } from '../define/service.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

/**
 * What services say that they use. Findings: `SERVICE_UNKNOWN`, `SERVICE_SELF`, `SERVICE_REPEATED`,
 * `SERVICE_NOT_EXPOSED`. That two services use each other is fine.
 */
export function checkUses({ services }: Definitions, locate: Locator): Finding[] {
  const byName = new Map(services.map(({ value }) => [value.name, value]))
  return services.flatMap(({ value, place }) => {
    const uses = (value.uses?.services ?? []).map((use) => (typeof use === 'string' ? use : use.name))
    return uses.flatMap((name, index): Finding[] => {
      const at = locate({ ...place, path: ['uses', 'services', index] })
      const target = byName.get(name)
      if (!target) return [unknownName('service', name, [...byName.keys()], at)]
      const problem = findProblem(value, target, uses.indexOf(name) === index)
      return problem ? [{ ...problem, severity: 'error', at }] : []
    })
  })
}

function findProblem(
  from: Service,
  to: Service,
  isFirst: boolean,
): Omit<Finding, 'at' | 'severity'> | undefined {
  const name = `\`${to.name}\``
  if (from.name === to.name)
    return {
      code: 'SERVICE_SELF',
      found: `${name} says that it uses itself`,
      wanted: 'other services',
      next: 'remove it',
    }
  if (!isFirst)
    return {
      code: 'SERVICE_REPEATED',
      found: `${name} is listed twice`,
      wanted: 'each service once',
      next: 'remove it',
    }
  if (to.exposes?.services) return undefined
  return {
    code: 'SERVICE_NOT_EXPOSED',
    found: `${name} is not open to other services`,
    wanted: `\`exposes: { services: true }\` in the definition of ${name}`,
    next: `agree with the owners of ${name}, who then open it`,
  }
}
