import { identify, type KubernetesObject, type UpdateVerdict } from '@opencore/cluster'
import {
  collect,
  findSkipped,
  groupOf,
  manifestKindKey,
  showValue,
  type Finding,
  type Result,
} from '@opencore/contract'
import { listClusterNamespaces } from '@opencore/model'
import { listMadeObjects, readObjects, type RenderedObject } from '@opencore/verify'
import { otherNamespaces } from '../verify/other-namespaces.ts'
import { checkTogether } from './check-together.ts'
import type { ComingRelease, DeliveryCheck } from './coming-release.ts'
import { parseManifests } from './parse-manifests.ts'

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
  const known = new Map(releases.map((release, index) => [release, read.value[index] ?? []]))
  for (const release of check.absent) {
    const parsed = parse(check, release, release.manifests)
    if (parsed.ok) known.set(release, parsed.value)
  }
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
  const refused = new Set(
    verdicts
      .filter(({ findings }) => findings.some(({ severity }) => severity === 'error'))
      .map(({ rendered }) => identify(rendered.object as KubernetesObject)),
  )
  return [
    ...checkTogether(check, (release) => known.get(release) ?? []),
    ...verdicts.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error')),
    ...(await rehearse(check, objects.filter(isKnown), refused)),
  ]
}

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
