import { closest, distance } from 'fastest-levenshtein'
import { synonymsOf } from './synonyms.ts'

/** More than so many are no suggestion any more. */
const MOST = 3

/**
 * The names that somebody probably meant: the one that is spelled alike; else those of the same meaning in this field; else
 * those that hold all its words or whose words it holds, so that `prod` finds `prod-eu-west-1` and `replicaCount` `replicas`.
 */
export function findNearNames(name: string, names: readonly string[]): string[] {
  const known = [...new Set(names)]
  const alike = findAlike(name, known)
  if (alike !== undefined) return [alike]
  const near = [findSynonyms, findByWords].map((find) => find(name, known)).find(({ length }) => length > 0)
  return near !== undefined && near.length <= MOST ? near : []
}

/** `did you mean ...?` with the near names, or nothing where none is near. */
export function didYouMean(near: readonly string[], quote = '`'): string | undefined {
  if (near.length === 0) return undefined
  return `did you mean ${near.map((name) => `${quote}${name}${quote}`).join(' or ')}?`
}

/** At most a third of the letters may differ (and always two, so that `prot` finds `port`), counted without case. */
export function findAlike(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const lower = new Map(names.map((candidate) => [candidate.toLowerCase(), candidate]))
  const near = closest(name.toLowerCase(), [...lower.keys()])
  const allowed = Math.max(2, Math.floor(name.length / 3))
  return distance(name.toLowerCase(), near) <= Math.min(allowed, name.length - 1)
    ? lower.get(near)
    : undefined
}

function findSynonyms(name: string, names: readonly string[]): string[] {
  const synonyms = synonymsOf(name)
  return names.filter((candidate) => synonyms.has(candidate.toLowerCase()))
}

/** Those with the most words in common. */
function findByWords(name: string, names: readonly string[]): string[] {
  const asked = wordsOf(name)
  const scored = names.map((candidate) => {
    const words = wordsOf(candidate)
    const [short, long] = words.length < asked.length ? [words, asked] : [asked, words]
    return { candidate, common: holds(long, short) ? short.join('').length : 0 }
  })
  // One letter, or `to`, is no word to find anything by.
  const most = Math.max(3, ...scored.map(({ common }) => common))
  return scored.filter(({ common }) => common === most).map(({ candidate }) => candidate)
}

/** `replicaCount` as replica, count; `prod-eu-west-1` as prod, eu, west, 1; one and many are the same word. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.replace(/(?<=..)s$/, ''))

/** Whether one after another of the words are these. */
const holds = (words: readonly string[], some: readonly string[]): boolean =>
  words.some((_, start) => some.every((word, index) => isSame(word, words[start + index] ?? '')))

/** `prod` is short for `production`. */
function isSame(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short === long || (short.length >= 3 && long.startsWith(short))
}
