import type { EnvironmentUpdate } from '@opencore/delivery'
import type { Promotion } from './promotion.ts'

/** How many releases a commit's first line names. */
const NAMED = 4

/** The message of a promotion's commit: what, from where, and why a ring was skipped, for people and for `history`. */
export function describePromotion(
  { environment, allowSkip }: Promotion,
  { changed, removed }: EnvironmentUpdate,
  source: string,
): string {
  const names = [...changed, ...removed.map((name) => `-${name}`)]
  const title = names.length > NAMED ? `${names.length} releases` : names.join(', ')
  return [
    `promote ${environment.definition.name}: ${title}`,
    '',
    ...names.map((name) => `Release: ${name}`),
    `Source: ${source}`,
    ...(allowSkip === undefined ? [] : [`Skipped-Ring: ${allowSkip}`]),
    '',
  ].join('\n')
}
