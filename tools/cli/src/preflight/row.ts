/** What a preflight says of one thing that it looked at. */
export interface Row {
  what: string
  found: string
  wanted: string
  state: RowState
  /** What mends it, ready to paste; a comment where there is no command for it. */
  next?: string
  /** Of the finding that it becomes, where that is one of its own. */
  code?: string
  /** `opencore up --context` does it. */
  byUp?: true
}

export type RowState = 'ok' | 'missing' | 'wrong' | 'wrong soon' | 'cannot be seen'

/** A row that names neither the hub nor the environment it is of yet. */
export interface PlacedRow extends Row {
  /** `hub`, or the name of an environment. */
  of: string
}

/** Something seen, or why it cannot be. */
export type Seen<T> = { value: T } | { hidden: string }

/** What a row is about, whatever it will say. */
export type Subject = Pick<Row, 'what' | 'wanted' | 'byUp'> & { next: string }

/** As it should be. */
export const ok = ({ what, wanted }: Subject, found: string): Row => ({ what, found, wanted, state: 'ok' })

/** Not there. */
export const missing = (subject: Subject, found = 'nothing'): Row => ({ ...subject, found, state: 'missing' })

/** There, and not as it should be. */
export const wrong = (subject: Subject, found: string): Row => ({ ...subject, found, state: 'wrong' })

/** As it should be today, and not for long: told, and held against nobody yet. */
export const wrongSoon = (subject: Subject, found: string): Row => ({
  ...subject,
  found,
  state: 'wrong soon',
})

/** Neither good nor bad, since somebody does not let us look. */
export const hidden = (subject: Subject, why: string): Row => ({
  ...subject,
  found: why,
  state: 'cannot be seen',
})

/** A row by what was seen, or one that says why nothing was. */
export function judge<T>(subject: Subject, seen: Seen<T>, decide: (value: T) => Row): Row {
  return 'hidden' in seen ? hidden(subject, seen.hidden) : decide(seen.value)
}
