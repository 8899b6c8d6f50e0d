import { didYouMean, findNearNames } from '@opencore/contract/findings'
import { Refusal } from '../output/refusal.ts'

/**
 * Those of `items` that were asked for by name, in the order of `items`; all of them when no name was given.
 * Refuses every name that is none (UNKNOWN_NAME), with the near one.
 * @param option where the names were given: a flag, or an argument as the usage writes it
 */
export function findNamed<T>(
  items: readonly T[],
  names: readonly string[] | undefined,
  nameOf: (item: T) => string,
  noun: string,
  option: string,
): T[] {
  if (names === undefined) return [...items]
  const known = items.map(nameOf)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Refusal(
      unknown.map((name) => {
        return {
          code: 'UNKNOWN_NAME',
          severity: 'error',
          at: { file: option },
          found: `there is no ${noun} "${name}"`,
          wanted: known.length > 0 ? `one of ${known.join(', ')}` : `one that exists; there is none`,
          next: didYouMean(findNearNames(name, known), '') ?? `add it, or take another ${noun}`,
        }
      }),
    )
  return items.filter((item) => names.includes(nameOf(item)))
}
