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
  /** Text of its values file as it was; empty for a new release. */
  before: string
}

interface Candidate {
  release: Release
  values: JsonObject
  change: ChangedValue
  /** The release without this value. */
  without: RenderRequest
}

/**
 * What somebody sets for one release and nothing is made of, as warnings (VALUE_IN_VAIN): each value is taken back alone to
 * the chart's default, and the same is rendered. All values of a release are asked as soon as one of them changes, since
 * another kind of workload, for example, leaves values behind. What defaults and tiers set is for those releases that have a
 * use for it.
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
  const asked = groups.flatMap(({ candidates }) => {
    const [rendered, ...others] = texts.splice(0, candidates.length + 1)
    return candidates.map((candidate, index) => ({
      candidate,
      isVain: rendered !== undefined && rendered === others[index],
    }))
  })
  return groupByPlace(asked, locate).map(([first, at, environments]) => ({
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
  const set = diffValues(defaults, values)
  const isSet = new Set(set.map(({ path }) => formatPath(path)))
  // A value that nobody sets any more may have been the release's own.
  const hasChanged = diffValues(old, values).some(({ path }) => isOwn(path) || !isSet.has(formatPath(path)))
  const candidates = (hasChanged ? set : [])
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

/** The same value of a service, in several environments, is one mistake; where it does something in one, it is none. */
function groupByPlace(
  asked: readonly { candidate: Candidate; isVain: boolean }[],
  locate: Platform['locate'],
): [Candidate, Finding['at'], string[]][] {
  const groups = new Map<string, { first: Candidate; at: Finding['at']; isVain: boolean; names: string[] }>()
  for (const { candidate, isVain } of asked) {
    const { release, change } = candidate
    const at = locatePath(release, change.path, locate)
    const key = JSON.stringify([at, change.path])
    const group = groups.get(key) ?? { first: candidate, at, isVain, names: [] }
    group.names.push(`${release.environment}/${release.name}`)
    groups.set(key, { ...group, isVain: group.isVain && isVain })
  }
  return [...groups.values()].flatMap(({ first, at, isVain, names }) => (isVain ? [[first, at, names]] : []))
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
