import type { Finding } from '@opencore/contract'
import { branch, environmentRef, RENDERED_FILE } from '@opencore/plan'
import type { DiskRelease } from '@opencore/renderer'
import type { ApplicationSource } from '@opencore/verify'

/** Every way in which an Application would apply something else than what was rendered from disk. */
export function checkSources(
  environment: string,
  releases: readonly DiskRelease[],
  sources: readonly ApplicationSource[],
): Finding[] {
  const byName = new Map(sources.map((source) => [source.release, source]))
  return releases.flatMap(({ release, purpose, namespace }) => {
    const source = byName.get(release)
    const wanted = { namespace, ref: branch(environmentRef(environment)), file: RENDERED_FILE }
    return Object.entries(wanted)
      .filter(([field, value]) => source?.[field as keyof typeof wanted] !== value)
      .map(([field, value]): Finding => ({
        code: 'APPLICATION_DIFFERS',
        severity: 'error',
        at: { file: `argocd/${environment}/applicationsets/${purpose}.yaml` },
        found: `the Application of release ${release} reads ${field} ${source?.[field as keyof typeof wanted] ?? 'nothing'}`,
        wanted: `${value}, as the release was rendered`,
        next: 'run: opencore generate',
      }))
  })
}
