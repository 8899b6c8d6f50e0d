import {
  didYouMean,
  failure,
  findNearNames,
  listKeys,
  success,
  type Finding,
  type Owner,
  type Result,
} from '@opencore/contract'
import { mergeRelease } from '../assemble/merge-release.ts'
import type { Platform, Release } from '../assemble/platform.ts'
import { unknownName } from '../assemble/unknown-name.ts'
import { formatPath, parsePath } from '../format-path.ts'
import { isMap, type Json, type Path } from '../json.ts'
import { toJson } from '../merge/build-node.ts'
import type { Node } from '../merge/node.ts'
import { findUnknownKey } from './find-unknown-key.ts'
import { ownerOf } from './owner-of.ts'
import { setterPlaces, traceSteps, type Step } from './trace-steps.ts'
import { visit } from '../merge/visit.ts'

/** Where a value of a release comes from. */
export interface Explanation {
  environment: string
  release: string
  chart: string
  /** As it was asked for; empty for the whole release. */
  path: string
  /** One for a value; one for each value below a group, in which case those that no layer sets are left out. */
  values: ExplainedValue[]
}

export interface ExplainedValue {
  path: string
  /** What the templates see; none where nothing sets it, or a layer took it away. */
  value?: Json
  owner: Owner
  /** What the chart says it is for. */
  description: string
  /** What a number counts. */
  unit?: string
  /** The field that it sets past the values of the chart, where it is part of a patch over what is rendered (`overlay`). */
  patches?: string
  /** The name of the object, where the patch is for one of several of its kind. */
  patchedObject?: string
  /** Who may set it and where, or what it is derived from, as one sentence. */
  change: string
  /** Every layer that said something about it, strongest first. */
  steps: Step[]
}

/**
 * Every layer that set a value of one release, which of them won, and which are dead.
 * Findings: `ENVIRONMENT_UNKNOWN`, `RELEASE_UNKNOWN`, `PATH_UNKNOWN`, each with the near name.
 * @param path as people write it (`resources.limits.memory`); a group gives all values below it, `''` all of a release
 */
export function explainValue(
  platform: Platform,
  environment: string,
  release: string,
  path: string,
): Result<Explanation> {
  const found = findRelease(platform, environment, release)
  if (!found.ok) return found
  const asked = parsePath(path)
  const unknown = findUnknownKey(found.value.chart.contract.schema, asked)
  if (unknown) return failure([unknownPath(found.value, unknown)])
  const values = explainBelow(platform, found.value, asked)
  return success({ environment, release, chart: found.value.chart.name, path: formatPath(asked), values })
}

function explainBelow(platform: Platform, release: Release, asked: Path): ExplainedValue[] {
  const root = mergeRelease(release)
  const leaves = visit(root, asked)
  const set = leaves.filter(({ path }) => setterPlaces(root, path).some(({ layer }) => layer > 0))
  const chosen = leaves.length === 1 ? leaves : set
  return chosen.map(({ path, node }) => ({
    path: formatPath(path),
    ...valueOf(node, release, path),
    ...ownerOf(release, path),
    steps: traceSteps(root, path, release.layers, platform.locate),
  }))
}

/** One release by name, or the near names, each as it would be asked for. */
function findRelease({ environments }: Platform, environment: string, release: string): Result<Release> {
  const home = environments.find(({ definition }) => definition.name === environment)
  if (!home) {
    const names = environments.map(({ definition }) => definition.name)
    const near = findNearNames(environment, names).map((name) => `${name}/${release}`)
    return refuse(unknownName('environment', environment, names, { file: 'environments' }), near)
  }
  const found = home.releases.find(({ name }) => name === release)
  if (found) return success(found)
  const names = home.releases.map(({ name }) => name)
  const near = findNearNames(release, names).map((name) => `${environment}/${name}`)
  return refuse(unknownName('release', release, names, { file: `environments/${environment}` }), near)
}

const refuse = (finding: Finding, near: readonly string[]) =>
  failure([{ ...finding, next: didYouMean(near) ?? finding.next }])

function unknownPath({ chart }: Release, { path, known }: { path: Path; known: readonly string[] }): Finding {
  const near = findNearNames(String(path.at(-1)), known)
  const suggestions = near.map((name) => formatPath([...path.slice(0, -1), name]))
  return {
    code: 'PATH_UNKNOWN',
    severity: 'error',
    at: { file: `charts/${chart.name}/values.schema.yaml` },
    found: `the chart ${chart.name} has no value \`${formatPath(path)}\``,
    wanted: listKeys(known),
    next: didYouMean(suggestions) ?? `charts/${chart.name}/README.md lists every key`,
  }
}

/** A default of the chart is back once layers have removed what they set over it. */
function valueOf(node: Node | undefined, { chart }: Release, path: Path): { value?: Json } {
  if (node && node.type !== 'absent') return { value: toJson(node) }
  const fallback = path.reduce<unknown>(
    (inner, step) => (isMap(inner) ? inner[String(step)] : undefined),
    chart.contract.defaults,
  )
  return fallback === undefined ? {} : { value: fallback as Json }
}
