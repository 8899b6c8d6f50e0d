import { identify, type Judge, type KubernetesObject, type UpdateVerdict } from '@opencore/cluster'
import {
  collect,
  findSkipped,
  groupOf,
  manifestKindKey,
  showValue,
  type ApiCatalogue,
  type Finding,
  type Result,
} from '@opencore/contract'
import { listClusterNamespaces, type PlatformEnvironment } from '@opencore/model'
import {
  checkRules,
  describeEnvironment,
  listMadeObjects,
  readObjects,
  type Project,
  type RenderedObject,
} from '@opencore/verify'
import { parse as parseYaml } from 'yaml'
import { otherNamespaces } from '../verify/other-namespaces.ts'
import { mixFlows } from './mix-flows.ts'
import { parseManifests } from './parse-manifests.ts'

/** A release as it will lie on the ref. */
export interface ComingRelease {
  name: string
  namespace: string
  manifests: string
  /** What it was rendered from. */
  values: string
  /** What is on the ref now; nothing of a release that is new. */
  running?: string
  /** Whether a person carries out, by an approval, the change that an object of what runs cannot follow. */
  isByHand?: (verdict: UpdateVerdict, running: readonly KubernetesObject[]) => Promise<boolean>
}

export interface DeliveryCheck {
  environment: PlatformEnvironment
  /** Every release that will be on the ref, the promoted ones and those that stay. */
  releases: readonly ComingRelease[]
  /** Releases that the sources have for it and the ref will not: whom those on it may let in already. */
  absent: readonly ComingRelease[]
  /** What Argo CD lets them sync. */
  projects: readonly Project[]
  judge: Pick<Judge, 'review' | 'rehearse'>
  catalogue: ApiCatalogue
}

/**
 * Verify what will be on an environment's ref as a whole: its releases may come from different commits, and what they say
 * of each other has to fit all the same. Every object goes to the judge, the update of each changed release is rehearsed,
 * and the rules across objects run on all of them.
 */
export async function verifyDelivery(check: DeliveryCheck): Promise<Finding[]> {
  const { environment, releases, judge, catalogue } = check
  const read = collect(releases.map((release) => parse(check, release, release.manifests)))
  if (!read.ok) return read.findings
  const objects = read.value.flat()
  const later = check.absent.flatMap((release) => {
    const parsed = parse(check, release, release.manifests)
    return parsed.ok ? parsed.value : []
  })
  const isKnown = ({ object }: RenderedObject) => findSkipped(catalogue, groupOf(object)) === undefined
  const foundation = environment.releases
    .filter(({ chart }) => chart.purpose === 'foundation')
    .map(({ name }) => name)
  const made = listMadeObjects(objects).filter(({ object }) => object.kind !== 'Secret')
  const ground = objects.filter(({ release }) => foundation.includes(release))
  const brought = listClusterNamespaces(environment.platform)
  const verdicts = await judge.review({
    foundation: [...ground, ...otherNamespaces(environment.definition.name, brought, ground)],
    objects: [...objects, ...made].filter(isKnown),
  })
  const valued = releases.map(({ name, values }) => ({ name, values: parseYaml(values) as unknown }))
  const { flows, lacking } = mixFlows(environment, valued)
  const refused = new Set(
    verdicts
      .filter(({ findings }) => findings.some(({ severity }) => severity === 'error'))
      .map(({ rendered }) => identify(rendered.object as KubernetesObject)),
  )
  return [
    ...verdicts.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error')),
    ...(await rehearse(check, objects.filter(isKnown), refused)),
    ...lacking.map(({ from, to }) => lacks(environment.definition.name, from, to)),
    ...checkRules(
      describeEnvironment({ ...environment, flows, releases: valued }, objects, check.projects, later),
    ),
  ]
}

const lacks = (environment: string, from: string, to: string): Finding => ({
  code: 'PARTNER_MISSING',
  severity: 'error',
  at: { file: `env/${environment}:${from}` },
  found: `${from} calls ${to}, which is not on the ref yet`,
  wanted: 'what a release calls there before it, or with it',
  next: `opencore promote ${environment} ${from} ${to}`,
})

function parse(
  { environment, catalogue }: DeliveryCheck,
  { name, namespace }: ComingRelease,
  text: string,
): Result<RenderedObject[]> {
  return readObjects(
    { environment: environment.definition.name, release: name, namespace, documents: parseManifests(text) },
    (apiVersion, kind) => catalogue.kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ?? false,
  )
}

/** What the API server says of the updates of what runs; the values behind it are known where it was verified as a source. */
async function rehearse(
  check: DeliveryCheck,
  objects: readonly RenderedObject[],
  refused: ReadonlySet<string>,
): Promise<Finding[]> {
  const changed = check.releases.filter(
    ({ running, manifests }) => running !== undefined && running !== manifests,
  )
  const before = collect(changed.map((release) => parse(check, release, release.running ?? '')))
  if (!before.ok) return []
  const updates = changed.map(({ name }, index) => ({
    before: (before.value[index] ?? []).map(({ object }) => object as KubernetesObject),
    after: objects.filter(({ release }) => release === name).map(({ object }) => object as KubernetesObject),
  }))
  const verdicts = await check.judge.rehearse(updates)
  const findings: Finding[] = []
  for (const [index, { name, isByHand }] of changed.entries())
    for (const verdict of (verdicts[index] ?? []).filter(({ id }) => !refused.has(id))) {
      const byHand =
        verdict.refused.length > 0 && ((await isByHand?.(verdict, updates[index]?.before ?? [])) ?? false)
      const file = `env/${check.environment.definition.name}:${name}`
      findings.push(...describeVerdict(byHand ? { ...verdict, refused: [] } : verdict, { file }))
    }
  return findings
}

function describeVerdict({ id, refused, fallen }: UpdateVerdict, at: Finding['at']): Finding[] {
  return [
    ...refused.map(({ message }): Finding => ({
      code: 'UPDATE_REFUSED',
      severity: 'error',
      at,
      found: `${id}: ${message}`,
      wanted: 'an update of what runs: Argo CD stops at a refused one, with everything else of the release',
      next: 'run opencore verify on the sources: it names the value that causes it',
    })),
    ...fallen
      .filter(({ field }) => field === 'spec.replicas')
      .map(({ field, was, becomes }): Finding => ({
        code: 'FIELD_FALLS_TO_DEFAULT',
        severity: 'error',
        at,
        found: `${id}, ${field}: ${showValue(was, field)} falls to the API's default, ${showValue(becomes, field)}`,
        wanted: 'a value for every field that had one',
        next: 'say the value that you want, in the sources',
      })),
  ]
}
