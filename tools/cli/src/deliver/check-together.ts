import type { Finding } from '@opencore/contract'
import { valuesPath } from '@opencore/plan'
import { checkRules, describeEnvironment, type RenderedObject } from '@opencore/verify'
import { parse as parseYaml } from 'yaml'
import { mixFlows, type ValuedRelease } from './mix-flows.ts'
import type { ComingRelease, DeliveryCheck } from './coming-release.ts'
import { partnerMissing } from './partner-missing.ts'

/** A release, and the objects that it is. */
interface ReadRelease extends ValuedRelease {
  release: ComingRelease
  objects: readonly RenderedObject[]
}

/**
 * What releases say of each other, by the flows that their own values name and the rules across objects. A partner that is
 * called and is not there comes first (PARTNER_MISSING), and what would be right once it is there is not said as well: of
 * one cause a person reads once. What would be wrong once it is there is: nobody is sent from one refusal to the next.
 * @param read the objects of a release
 */
export function checkTogether(
  check: DeliveryCheck,
  read: (release: ComingRelease) => readonly RenderedObject[],
): Finding[] {
  const readAll = (releases: readonly ComingRelease[]) =>
    releases.map((release): ReadRelease => ({
      release,
      name: release.name,
      values: parseYaml(release.values) as unknown,
      objects: read(release),
    }))
  const coming = readAll(check.releases)
  const absent = readAll(check.absent)
  const { lacking, findings } = findTrouble(check, coming, absent)
  const { name } = check.environment.definition
  const pairs = new Map(lacking.map((flow) => [`${flow.from} ${flow.to}`, flow]))
  const missing = [...pairs.values()].map(({ from, to }) => partnerMissing(check.environment, from, to))
  const partners = listPartners(check, coming, absent)
  if (partners.length === 0) return [...missing, ...findings]
  const others = absent.filter((one) => !partners.includes(one))
  const together = findTrouble(check, [...coming, ...partners], others).findings
  const keysOf = (list: readonly Finding[]) => new Set(list.map(keyOf))
  const [now, then] = [keysOf(findings), keysOf(together)]
  // What stays as it is, is spared or not by itself: it is no consequence of what comes.
  const callers = coming
    .filter(({ release: { running, manifests } }) => running !== manifests)
    .filter((one) => lacking.some(({ from }) => from === one.name))
    .map((one) => valuesPath(name, one.name))
  return [
    ...missing,
    ...findings.filter((finding) => !callers.includes(finding.at.file) || then.has(keyOf(finding))),
    ...together.filter((finding) => !now.has(keyOf(finding))),
  ]
}

function findTrouble(
  { environment, projects }: DeliveryCheck,
  coming: readonly ReadRelease[],
  absent: readonly ReadRelease[],
) {
  const { flows, lacking } = mixFlows(environment, coming)
  const objects = coming.flatMap((one) => one.objects)
  const later = absent.flatMap((one) => one.objects)
  const described = describeEnvironment({ ...environment, flows, releases: coming }, objects, projects, later)
  return { lacking, findings: checkRules(described) }
}

/** Who is called and is not there, as the sources have it, with whom these call in turn. */
function listPartners(
  { environment }: DeliveryCheck,
  coming: readonly ReadRelease[],
  absent: readonly ReadRelease[],
): ReadRelease[] {
  const partners: ReadRelease[] = []
  for (;;) {
    const { lacking } = mixFlows(environment, [...coming, ...partners])
    const more = absent.filter((one) => !partners.includes(one) && lacking.some(({ to }) => to === one.name))
    if (more.length === 0) return partners
    partners.push(...more)
  }
}

const keyOf = ({ code, at, found }: Finding) => JSON.stringify([code, at.file, found])
