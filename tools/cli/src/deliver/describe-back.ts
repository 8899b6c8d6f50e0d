import type { DeliveredEnvironment, EnvironmentUpdate } from '@opencore/delivery'

/**
 * The command that undoes what was just promoted, as the last change set; nothing where going back would be refused: a
 * release came that was not there before, somebody had changed one by hand, or Argo CD did not take what was there. Nor where
 * one went: its folder would come back, and its Application would not.
 */
export function describeBack(
  environment: string,
  { commit, releases }: DeliveredEnvironment,
  { changed, removed }: EnvironmentUpdate,
  isRefused: boolean,
): string | undefined {
  const before = new Map(releases.map((release) => [release.name, release]))
  if (commit === undefined || isRefused || changed.length === 0) return undefined
  if (changed.some((name) => !before.has(name)) || removed.some((name) => before.has(name))) return undefined
  if (releases.some(({ drift }) => drift !== undefined)) return undefined
  const [only = '', ...others] = changed
  // By its name it also goes back when something else was promoted since.
  return `opencore rollback ${environment}${others.length + removed.length > 0 ? '' : ` ${only}`}`
}
