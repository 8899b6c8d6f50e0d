/** What keeps an Application from becoming healthy. */
export interface Hindrance {
  words: readonly string[]
  /** When it was so for the last time that is known. */
  seen: number
}

/** The same, and since when it was seen at every look. */
export interface Blocked extends Hindrance {
  since: number
}

/** By the name of the Application. */
export type AllBlocked = ReadonlyMap<string, Blocked>

/** From one look to the next: what is blocked still is so since it was first. */
export function keepSince(
  before: AllBlocked,
  looked: ReadonlyMap<string, Hindrance>,
  now: number,
): AllBlocked {
  const blocked = [...looked].filter(([, { words }]) => words.length > 0)
  return new Map(
    blocked.map(([name, hindrance]) => [name, { ...hindrance, since: before.get(name)?.since ?? now }]),
  )
}

export interface Moment {
  now: number
  /** When an Application became ready last. */
  lastReady: number
  patienceMs: number
}

/**
 * Whether waiting is in vain: nothing is waited for but what was blocked for long, and was so again long after another became
 * ready. One that is on its way may be what the others lack, as a namespace that comes late, so it is waited for.
 */
export function isVain(
  waiting: readonly string[],
  blocked: AllBlocked,
  { now, lastReady, patienceMs }: Moment,
): boolean {
  const isStuck = ({ since, seen }: Blocked) => since <= now - patienceMs && seen >= lastReady + patienceMs
  return (
    waiting.length > 0 && waiting.every((name) => [blocked.get(name)].some((each) => each && isStuck(each)))
  )
}
