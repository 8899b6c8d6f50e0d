import { didYouMean, findNearNames, type Finding } from '@opencore/contract/findings'

/** A finding about something that was typed. */
export function refuseFlag(
  code: string,
  flag: string,
  finding: Pick<Finding, 'found' | 'wanted' | 'next'>,
): Finding {
  return { code, severity: 'error', at: { file: flag }, ...finding }
}

/** A flag, what was given for it, and what it is for. */
export type WantedFlag = readonly [flag: string, given: unknown, what: string]

/** Flags that the model has no default for and that were not given (FLAG_MISSING), all at once. */
export function checkGiven(wanted: readonly WantedFlag[]): Finding[] {
  return wanted
    .filter(([, given]) => given === undefined)
    .map(([flag, , what]) =>
      refuseFlag('FLAG_MISSING', flag, {
        found: 'it is not given, and has no default',
        wanted: what,
        next: `add ${flag}`,
      }),
    )
}

/** Names that are none (UNKNOWN_NAME), with the near one. */
export function checkNames(
  flag: string,
  noun: string,
  names: readonly string[],
  known: readonly string[],
): Finding[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      return refuseFlag('UNKNOWN_NAME', flag, {
        found: `there is no ${noun} \`${name}\``,
        wanted: known.length === 0 ? `a ${noun} that exists; there is none` : `one of ${known.join(', ')}`,
        next: didYouMean(findNearNames(name, known)) ?? `make it first, or take another ${noun}`,
      })
    })
}
