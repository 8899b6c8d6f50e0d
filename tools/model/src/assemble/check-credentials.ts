import type { Finding } from '@opencore/contract/findings'
import type { Definition } from '../definition.ts'
import type { Environment } from '../define/environment.ts'
import type { Locator } from '../locate/create-locator.ts'
import { serviceChart } from '../parts/index.ts'
import type { Part } from '../parts/part.ts'
import { findRotationProblem } from '../parts/rotation-problem.ts'
import { unknownName } from './unknown-name.ts'

/**
 * Services whose password the vault of an environment rotates. Findings: `SERVICE_UNKNOWN`, `CREDENTIALS_REPEATED`,
 * `CREDENTIALS_WITHOUT_VAULT`, `CREDENTIALS_WITHOUT_DATABASE`, `CREDENTIALS_SHARDS`, `CREDENTIALS_REGIONS`,
 * `CREDENTIALS_AUTHORITY`.
 */
export function checkCredentials(
  parts: readonly Part[],
  { value, place }: Definition<Environment>,
  locate: Locator,
): Finding[] {
  const names = value.rotatedCredentials ?? []
  return names.flatMap((name, index): Finding[] => {
    const at = locate({ ...place, path: ['rotatedCredentials', index] })
    const services = parts.filter(({ kind }) => kind === serviceChart)
    const service = services.find((part) => part.name === name)
    if (!service) {
      const known = services.map((part) => part.name)
      return [unknownName('service', name, known, at)]
    }
    const problem =
      names.indexOf(name) === index ? findRotationProblem(service, parts, value) : repeated(name)
    return problem ? [{ ...problem, severity: 'error', at }] : []
  })
}

function repeated(name: string): Omit<Finding, 'at' | 'severity'> {
  return {
    code: 'CREDENTIALS_REPEATED',
    found: `\`${name}\` is listed twice`,
    wanted: 'each service once',
    next: 'remove it',
  }
}
