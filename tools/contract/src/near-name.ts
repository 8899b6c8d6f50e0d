import { closest, distance } from 'fastest-levenshtein'

/**
 * The name that somebody probably meant, or none: at most a third of the letters may differ (and always two,
 * so that `prot` finds `port`), counted without case.
 */
export function findNearName(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const lower = new Map(names.map((candidate) => [candidate.toLowerCase(), candidate]))
  const near = closest(name.toLowerCase(), [...lower.keys()])
  const allowed = Math.max(2, Math.floor(name.length / 3))
  return distance(name.toLowerCase(), near) <= Math.min(allowed, name.length - 1)
    ? lower.get(near)
    : undefined
}
