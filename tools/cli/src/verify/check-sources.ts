import type { Finding } from '@opencore/contract'
import type { ApplicationSource } from '@opencore/verify'
import type { DiskRelease } from '@opencore/renderer'

const fields = ['namespace', 'chart', 'version', 'kubeVersion', 'valuesFile'] as const

/** Every way in which an Application would render something else than what was rendered from disk. */
export function checkSources(
  environment: string,
  releases: readonly DiskRelease[],
  sources: readonly ApplicationSource[],
): Finding[] {
  const byName = new Map(sources.map((source) => [source.release, source]))
  return releases.flatMap((release) => {
    const source = byName.get(release.release)
    return fields
      .filter((field) => source?.[field] !== release[field])
      .map((field): Finding => ({
        code: 'APPLICATION_DIFFERS',
        severity: 'error',
        at: { file: `argocd/${environment}/applicationsets/${release.purpose}.yaml` },
        found: `the Application of release ${release.release} reads ${field} ${source?.[field] ?? 'nothing'}`,
        wanted: `${release[field]}, as the release was rendered`,
        next: 'run: opencore generate',
      }))
  })
}
