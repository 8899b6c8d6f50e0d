import { isObject, type Finding } from '@opencore/contract'
import {
  findRelease,
  locatePath,
  valueAt,
  type Platform,
  type PlatformEnvironment,
  type Release,
} from '@opencore/model'
import { valuesPath } from '@opencore/plan'

/**
 * Findings about a number or an image of a release's values, at the line of the layer that set it: rules and the API server
 * see objects alone, and point at the values file, which is generated. What no value of the release says stays there.
 */
export function pointToLayers(
  environment: PlatformEnvironment,
  findings: readonly Finding[],
  locate: Platform['locate'],
): Finding[] {
  const { name } = environment.definition
  return findings.map((finding) => {
    const find = finders[finding.code]
    const named = /\/values\/([^/]+)\.yaml$/.exec(finding.at.file)?.[1] ?? ''
    const release = find && finding.at.file === valuesPath(name, named) && findRelease(environment, named)
    if (!find || !release) return finding
    const path = find(release, finding)
    return path === undefined ? finding : { ...finding, at: locatePath(release, path, locate) }
  })
}

type Find = (release: Release, finding: Finding) => string[] | undefined

/** By code: what the finding is about, in the values of its release. */
const finders: Readonly<Record<string, Find>> = {
  QUOTA_EXCEEDED: findQuota,
  A9: findImage,
}

/** A namespace's own entry counts before the one for all (charts/foundation, foundation.quota). */
function findQuota({ values }: Release, { found }: Finding): string[] | undefined {
  const { namespace = '', resource = '' } =
    /^everything in (?<namespace>\S+) takes \S+ of (?<resource>[^\s:]+):/.exec(found)?.groups ?? {}
  return [
    ['namespaces', namespace, 'quota', 'hard', resource],
    ['namespaceDefaults', 'quota', 'hard', resource],
  ].find((path) => valueAt(values, ...path) !== undefined)
}

/** Where the image is said that a pod runs; of one without a digest, or of `latest`, its tag. */
function findImage({ values }: Release, { found }: Finding): string[] | undefined {
  const image = / runs (?<image>[^\s,]+)/.exec(found)?.groups?.['image'] ?? ''
  const [place] = listTexts(values, [])
    .filter(({ text }) => image === text || [':', '@'].some((end) => image.startsWith(`${text}${end}`)))
    .sort((a, b) => b.text.length - a.text.length)
  if (place === undefined) return undefined
  const tag = [...place.path.slice(0, -1), 'tag']
  const isUnpinned = !image.includes('@sha256:') || image.includes(':latest@')
  return isUnpinned && valueAt(values, ...tag) !== undefined ? tag : place.path
}

interface Text {
  path: string[]
  text: string
}

function listTexts(value: unknown, path: string[]): Text[] {
  if (typeof value === 'string') return value === '' ? [] : [{ path, text: value }]
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => listTexts(inner, [...path, key]))
}
