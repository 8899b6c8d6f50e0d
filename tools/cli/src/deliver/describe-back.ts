import type { DeliveredEnvironment, EnvironmentUpdate } from '@opencore/delivery'

/**
 * The command that undoes what was just promoted, as the last change set; nothing where going back would be refused: a
 * release came that was not there before, somebody had changed one by hand, or Argo CD did not take what was there.
 */
export function describeBack(
  environment: string,
  { commit, releases }: DeliveredEnvironment,
  { changed, removed }: EnvironmentUpdate,
  isRefused: boolean,
): string | undefined {
  const before = new Map(releases.map((release) => [release.name, release]))
  const touched = [...changed, ...removed.filter((name) => before.has(name))]
  if (commit === undefined || isRefused || touched.length === 0) return undefined
  if (changed.some((name) => !before.has(name))) return undefined
  return releases.some(({ drift }) => drift !== undefined) ? undefined : `opencore rollback ${environment}`
}
