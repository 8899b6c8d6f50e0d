import { APPROVERS_TRAILER, type EnvironmentUpdate } from '@opencore/delivery'
import { CODE_OWNERS_FILE } from '@opencore/plan'
import { sayPlainly } from '../output/say-plainly.ts'
import type { Promotion } from './promotion.ts'

/** How many releases a commit's first line names. */
const NAMED = 4

/**
 * The message of a promotion's commit: what, from where, and why a ring was skipped, for people and for `history`.
 * @param origin commits of the sources, and the head that was refused: where nothing changes, it is signed again; and
 * what else the commit says
 */
export function describePromotion(
  { environment, allowSkip, from }: Pick<Promotion, 'environment' | 'allowSkip' | 'from'>,
  { files, changed, removed }: EnvironmentUpdate,
  {
    sources,
    asOf,
    trailers,
  }: { sources: readonly string[]; asOf?: string | undefined; trailers: readonly string[] },
): string {
  // Whoever may push may name a file as they like, and each line here says something.
  const names = [...changed, ...removed.map((name) => `-${sayPlainly(name)}`)]
  const same = asOf !== undefined && names.length === 0
  const title =
    names.length > NAMED
      ? `${names.length} releases`
      : names.join(', ') || (same ? 'signed again' : 'who approves')
  return [
    `promote ${environment.definition.name}: ${title}`,
    '',
    ...names.map((name) => `Release: ${name}`),
    ...(files.some(({ path }) => path === CODE_OWNERS_FILE) ? [APPROVERS_TRAILER] : []),
    ...sources.map((source) => `Source: ${source}`),
    ...(from === undefined ? [] : [`From: ${from}`]),
    ...(allowSkip === undefined ? [] : [`Skipped-Ring: ${allowSkip}`]),
    ...(same ? [`As-Of: ${asOf}`] : []),
    ...trailers,
    '',
  ].join('\n')
}
