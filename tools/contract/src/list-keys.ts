/** Of more than so many nobody reads the list: the README and the editor have it with what each means. */
const MOST = 20

/** What may stand in the place of an unknown key. */
export function listKeys(names: readonly string[]): string {
  if (names.length === 0) return 'no key'
  return names.length > MOST ? `one of ${names.length} keys` : `one of ${names.join(', ')}`
}
