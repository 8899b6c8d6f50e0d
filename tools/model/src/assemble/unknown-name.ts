import { didYouMean, findNearNames, type Finding, type Position } from '@opencore/contract/findings'

/**
 * The finding for a name that refers to nothing, with the near name where there is one.
 * @param what one that has the name would be, such as a service; the code follows: `SERVICE_UNKNOWN`
 */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
  at: Position,
  remedy = 'define it, or correct the name',
): Finding {
  const names = [...new Set(known)].join(', ')
  return {
    code: `${what.toUpperCase()}_UNKNOWN`,
    severity: 'error',
    at,
    found: `there is no ${what} \`${name}\``,
    wanted: names === '' ? `a ${what} that exists; there is none` : `one of ${names}`,
    next: didYouMean(findNearNames(name, known)) ?? remedy,
  }
}
