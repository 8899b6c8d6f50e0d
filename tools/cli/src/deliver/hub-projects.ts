import type { Finding } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { hubRef } from '@opencore/plan'
import { readProjects, type ApplicationSource, type KubernetesObject, type Project } from '@opencore/verify'
import { parseManifests } from './parse-manifests.ts'

/** AppProjects of an environment as its hub's ref has them; nothing where it has none yet. */
export function readHubProjects(
  there: ReadonlyMap<string, string>,
  sources: readonly ApplicationSource[],
): Project[] | undefined {
  const objects = [...there]
    .filter(([path]) => path.includes('/projects/'))
    .flatMap(([file, text]) =>
      (parseManifests(text) as KubernetesObject[]).map((object) => ({
        environment: '',
        release: '',
        object,
        file,
      })),
    )
  return objects.length === 0 ? undefined : readProjects(objects, sources)
}

/** What a hub that stays refuses, and the sources would let: the hub has to follow. */
export function explainHubBehind(environment: PlatformEnvironment, findings: readonly Finding[]): Finding[] {
  const next = `opencore promote ${environment.definition.name}: without names, the hub follows`
  return findings.map((finding) =>
    finding.code === 'PROJECT_REFUSES_OBJECT'
      ? { ...finding, at: { file: hubRef(environment) }, next }
      : finding,
  )
}
