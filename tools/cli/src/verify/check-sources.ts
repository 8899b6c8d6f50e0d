import type { Finding } from '@opencore/contract'
import { branch, environmentRef, RENDERED_FILE } from '@opencore/plan'
import type { DiskRelease } from '@opencore/renderer'
import type { ApplicationSource } from '@opencore/verify'

/**
 * Every way in which Applications would apply something else than what is promoted to their environment's own ref. A project
 * says of which repository and to which cluster, and cannot say of which ref: that is said here alone, before the merge.
 * Finding: APPLICATION_DIFFERS.
 */
export function checkSources(
  environment: string,
  releases: readonly DiskRelease[],
  sources: readonly ApplicationSource[],
): Finding[] {
  const known = new Map(releases.map((release) => [release.release, release]))
  const read = new Set(sources.map(({ release }) => release))
  return [
    ...sources.flatMap((source) => checkSource(environment, known.get(source.release), source)),
    ...releases
      .filter(({ release }) => !read.has(release))
      .map(({ release, purpose }) =>
        complain(
          environment,
          purpose,
          `no Application reads release ${release}`,
          'one for each release that is rendered',
        ),
      ),
  ]
}

function checkSource(
  environment: string,
  release: DiskRelease | undefined,
  source: ApplicationSource,
): Finding[] {
  const { application } = source
  if (release === undefined) {
    const found = `Application ${application} reads folder ${source.release}, which no release is rendered to`
    return [complain(environment, undefined, found, 'a release of this environment')]
  }
  const wanted = {
    namespace: release.namespace,
    ref: branch(environmentRef(environment)),
    file: RENDERED_FILE,
  }
  return Object.entries(wanted).flatMap(([field, value]) => {
    const is = source[field as keyof typeof wanted]
    const found = `Application ${application} reads ${field} ${is}`
    return is === value
      ? []
      : [complain(environment, release.purpose, found, `${value}, as the release was rendered`)]
  })
}

function complain(environment: string, purpose: string | undefined, found: string, wanted: string): Finding {
  const folder = `argocd/${environment}/applicationsets`
  return {
    code: 'APPLICATION_DIFFERS',
    severity: 'error',
    at: { file: purpose === undefined ? folder : `${folder}/${purpose}.yaml` },
    found,
    wanted,
    next: 'run: opencore generate',
  }
}
