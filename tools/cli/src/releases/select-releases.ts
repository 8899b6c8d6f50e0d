import { exitCode, Refusal } from '../output/refusal.ts'
import { readReleases, type DiskRelease } from '@opencore/renderer'
import { findNamed } from './find-named.ts'
import { parseSelector } from './parse-selector.ts'

/** What `--selector` can ask a release for. */
const labels = ['environment', 'release', 'chart', 'namespace', 'purpose'] as const

/**
 * The releases of argocd/ on disk that `--environment` and `--selector` ask for.
 * Refuses unknown names, a selector that cannot be read, and a choice that matches nothing (NO_RELEASES).
 */
export function selectReleases(
  root: string,
  names: readonly string[] | undefined,
  selector = '',
): DiskRelease[] {
  const releases = readReleases(root)
  if (!releases.ok) throw new Refusal(releases.findings, exitCode.findings)
  const environments = [...new Set(releases.value.map(({ environment }) => environment))]
  const wanted = findNamed(environments, names, (name) => name, 'environment', '--environment')
  const matches = selector === '' ? undefined : parseSelector(selector, labels)
  if (matches && !matches.ok) throw new Refusal(matches.findings)
  const selected = releases.value.filter(
    (release) =>
      wanted.includes(release.environment) &&
      (matches?.value(Object.fromEntries(labels.map((label) => [label, release[label]]))) ?? true),
  )
  if (selected.length > 0) return selected
  throw new Refusal([
    {
      code: 'NO_RELEASES',
      severity: 'error',
      at: { file: 'argocd' },
      found: 'no release matches',
      wanted: 'at least one release',
      next: 'run: opencore generate, or widen --environment and --selector',
    },
  ])
}
