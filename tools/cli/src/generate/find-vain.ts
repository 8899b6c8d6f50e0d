import {
  mergeValues,
  printYaml,
  showValue,
  toPointer,
  type Finding,
  type JsonObject,
} from '@opencore/contract'
import { findOwnValues, formatPath, locatePath, type Platform, type Release } from '@opencore/model'
import { renderManifests, type RenderRequest } from '@opencore/renderer'
import { parse } from 'yaml'
import { diffValues, takeBack, type ChangedValue } from '@opencore/plan'

/** A release whose values change: what it is about to be rendered from, and what it was rendered from. */
export interface ChangedRelease {
  release: Release
  request: RenderRequest
  /** Text of its values file on disk; empty for a new release. */
  before: string
}

interface Candidate {
  release: Release
  values: JsonObject
  change: ChangedValue
  /** The release without this change. */
  without: RenderRequest
}

/**
 * What somebody sets for one release and nothing is made of, as warnings (VALUE_IN_VAIN): each change of a value is taken
 * back alone, and the same is rendered. What defaults and tiers set is for those releases that have a use for it.
 */
export async function findVain(
  changed: readonly ChangedRelease[],
  locate: Platform['locate'],
  report: (line: string) => void,
): Promise<Finding[]> {
  const groups = changed.map(listCandidates).filter(({ candidates }) => candidates.length > 0)
  const requests = groups.flatMap(({ whole, candidates }) => [
    whole,
    ...candidates.map(({ without }) => without),
  ])
  const texts: (string | undefined)[] = []
  for await (const { manifests } of renderManifests(requests, report)) texts.push(manifests)
  const vain = groups.flatMap(({ candidates }) => {
    const [rendered, ...others] = texts.splice(0, candidates.length + 1)
    return candidates.filter((_, index) => rendered !== undefined && rendered === others[index])
  })
  return groupByPlace(vain, locate).map(([first, at, environments]) => ({
    code: 'VALUE_IN_VAIN',
    severity: 'warning',
    at,
    found: `\`${formatPath(first.change.path)}\` does nothing in ${environments.join(', ')}`,
    wanted: 'values that change what is rendered',
    next: describeNext(first),
  }))
}

function listCandidates({ release, request, before }: ChangedRelease): {
  whole: RenderRequest
  candidates: Candidate[]
} {
  const { defaults } = release.chart.contract
  const old = mergeValues(defaults, (parse(before) ?? {}) as JsonObject)
  // What the text of its values says, without reading it.
  const values = mergeValues(defaults, release.values)
  const of = (written: JsonObject) => ({ ...request, values: printYaml(written) })
  const isOwn = findOwnValues(release)
  const candidates = diffValues(old, values)
    .filter(({ after }) => after !== undefined)
    .filter(({ path }) => isOwn(path) && !isRenderedElsewhere(path))
    .map((change) => ({
      release,
      values,
      change,
      without: of(takeBack(values, change) as JsonObject),
    }))
  return { whole: of(values), candidates }
}

/** The pods of `helm test` are not among what Argo CD applies. */
const isRenderedElsewhere = ([first]: readonly string[]) => first === 'tests'

/** The same value of a service, in several environments, is one mistake. */
function groupByPlace(vain: readonly Candidate[], locate: Platform['locate']) {
  const groups = new Map<string, [Candidate, Finding['at'], string[]]>()
  for (const candidate of vain) {
    const { release, change } = candidate
    const at = locatePath(release, change.path, locate)
    const key = JSON.stringify([at, change.path])
    const group = groups.get(key) ?? [candidate, at, []]
    group[2].push(`${release.environment}/${release.name}`)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** What the chart says must also be set for the value to have an effect, as far as it is not. */
function describeNext({ release, values, change }: Candidate): string {
  const { leaves, schema } = release.chart.contract
  const pointer = toPointer([...change.path])
  const leaf = leaves.find((each) => `${pointer}/`.startsWith(`${each.pointer}/`))
  const always = Object.keys(schema['x-opencore-with'] ?? {})
  const lacking = diffValues(values, mergeValues(values, leaf?.with ?? {}))
    .filter(({ path: [first = ''] }) => !always.includes(first))
    .map(({ path, after }) => `${formatPath(path)} ${showValue(after, toPointer([...path]))}`)
  return lacking.length === 0
    ? 'remove it'
    : `remove it; it has an effect beside ${lacking.join(' and ')}, for example`
}
