import type { Finding } from '@opencore/contract'
import type { Environment } from '../define/environment.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

/**
 * Environments that are one platform in two regions. Findings: `ENVIRONMENT_UNKNOWN`, `COUNTERPART_ONE_SIDED`,
 * `COUNTERPART_TIER`, `COUNTERPART_STORE`, `COUNTERPART_ROLE`.
 */
export function checkCounterparts({ environments }: Definitions, locate: Locator): Finding[] {
  const names = environments.map(({ value }) => value.name)
  return environments.flatMap(({ value, place }): Finding[] => {
    const name = value.counterpart?.environment
    if (name === undefined) return []
    const at = locate({ ...place, path: ['counterpart', 'environment'] })
    const other = environments.find((each) => each.value.name === name)
    if (!other) return [unknownName('environment', name, names, at)]
    const problem = findProblem(value, other.value)
    return problem ? [{ ...problem, severity: 'error', at }] : []
  })
}

function findProblem(self: Environment, other: Environment): Omit<Finding, 'at' | 'severity'> | undefined {
  const [one, two] = [`\`${self.name}\``, `\`${other.name}\``]
  if (other.counterpart?.environment !== self.name)
    return {
      code: 'COUNTERPART_ONE_SIDED',
      found: `the counterpart of ${two} is ${other.counterpart ? `\`${other.counterpart.environment}\`` : 'nobody'}`,
      wanted: `${one}, since each follows the other when it waits`,
      next: `set \`counterpart\` in the definition of ${two}, or take this one out`,
    }
  if (other.tier !== self.tier)
    return {
      code: 'COUNTERPART_TIER',
      found: `${one} is ${self.tier} and ${two} is ${other.tier}`,
      wanted: 'one tier: data of one would flow into the other',
      next: 'correct the tier, or the counterpart',
    }
  if (other.counterpart.secretStore !== self.counterpart?.secretStore)
    return {
      code: 'COUNTERPART_STORE',
      found: `${one} and ${two} have \`secretStore\`s of two names`,
      wanted: 'one that both reach, by which credentials come from one to the other',
      next: 'say the same in both',
    }
  if ((other.role === 'standby') === (self.role === 'standby'))
    return {
      code: 'COUNTERPART_ROLE',
      found:
        other.role === self.role
          ? `${one} and ${two} are both ${self.role}`
          : `${one} is ${self.role} and ${two} is ${other.role}`,
      wanted: 'one that serves (active) or is about to stop (stepping-down), and one that waits (standby)',
      next: 'change `role` in one of them',
    }
  return undefined
}
