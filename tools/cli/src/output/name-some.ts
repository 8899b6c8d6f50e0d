/** As many names are said; whoever reads a list does not read a longer one. */
const NAMED = 3

/** Names in a sentence, the first of many alone: `accounts, cache, cards and 12 more`. */
export function nameSome(names: readonly string[], shown = NAMED): string {
  if (names.length > shown + 1) return `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
