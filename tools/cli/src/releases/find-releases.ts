import { findNamed } from './find-named.ts'

/** Those of known releases that arguments name; all where none does. Refuses as findNamed does. */
export const findReleases = (known: readonly string[], names: readonly string[]): string[] =>
  findNamed(known, names.length === 0 ? undefined : names, (name) => name, 'release', '[release...]')
