import { manifestKindKey, type Finding } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, valuesPath } from '@opencore/plan'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { listMadeObjects, readObjects } from '@opencore/verify'
import type { Report } from '../output/run-steps.ts'
import { selectReleases } from '../releases/select-releases.ts'
import { parseManifests } from './parse-manifests.ts'
import { renderOthers } from './render-delivery.ts'

interface Around {
  root: string
  environment: PlatformEnvironment
  /** As which environment runs them; nothing where they come from the checkout. */
  from: string | undefined
  /** Releases that change. */
  promoted: readonly string[]
  /** Releases that stay as they are on the ref. */
  staying: readonly string[]
}

/**
 * Findings whose remedy is to promote a partner as well: what lets nobody in, or calls nobody, whom the sources let; what is
 * called and is not there; what makes a Secret or a ConfigMap. All of them get the one command that brings every partner. What
 * is only warned of needs nobody.
 */
export async function bringPartners(
  around: Around,
  findings: readonly Finding[],
  report: Report,
): Promise<Finding[]> {
  const makers = findings.some(isMissing) ? await findMakers(around, report) : new Map<string, string>()
  const partners = findings.map((finding) => partnerOf(around, makers, finding))
  const next = commandOf(
    around,
    partners.filter((name) => name !== undefined),
  )
  return findings.map((finding, index) => {
    const partner = partners[index]
    if (partner === undefined) return finding
    if (!CLOSED.has(finding.code)) return { ...finding, next }
    const at = around.staying.find((name) => isAt(around, name, finding))
    return { ...finding, next, ...(at !== undefined && { at: { file: refFile(around, at) } }) }
  })
}

const CLOSED: ReadonlySet<string> = new Set(['FLOW_BLOCKED', 'MESH_CALL_REFUSED'])

const isMissing = ({ code, severity }: Finding) => severity === 'error' && code === 'CONFIGURATION_MISSING'

/** The release that has to come as well for a finding to go. */
function partnerOf(
  around: Around,
  makers: ReadonlyMap<string, string>,
  finding: Finding,
): string | undefined {
  const { code, severity, found, wanted } = finding
  if (severity !== 'error') return undefined
  // What is no release has no name that can be promoted.
  if (code === 'PARTNER_MISSING')
    return around.environment.releases.find(({ name }) => name === /^\S+ calls (\S+),/.exec(found)?.[1])?.name
  if (code === 'CONFIGURATION_MISSING') return makers.get(wanted)
  if (!CLOSED.has(code)) return undefined
  const ends = /^flow (\S+) -> (\S+) /.exec(found)?.slice(1) ?? []
  const closed = around.staying.find((name) => isAt(around, name, finding))
  // What is promoted closes what the other end, of an earlier commit, still asks for or still lets in.
  return closed ?? ends.find((name) => around.staying.includes(name))
}

const isAt = ({ environment }: Around, name: string, { at }: Finding) =>
  at.file === valuesPath(environment.definition.name, name)

const refFile = ({ environment }: Around, name: string) =>
  `${environmentRef(environment.definition.name)}:${name}`

/** With what is brought comes what that calls and the ref does not have; what the sources do not have any more goes by no name. */
function commandOf({ environment, from, promoted, staying }: Around, partners: readonly string[]): string {
  const { name } = environment.definition
  const flags = from === undefined ? '' : ` --from ${from}`
  const known = new Set(environment.releases.map((release) => release.name))
  if (partners.some((partner) => !known.has(partner))) return `opencore promote ${name}`
  const names = new Set([...promoted, ...[...partners].sort()])
  // A set is walked with what is added meanwhile.
  for (const caller of names)
    for (const { from, to } of environment.flows)
      if (from === caller && known.has(to) && !staying.includes(to)) names.add(to)
  return `opencore promote ${name} ${[...names].join(' ')}${flags}`
}

/** Who makes an object, by what CONFIGURATION_MISSING wants: of what the sources have beside what is promoted. */
async function findMakers(
  { root, environment, promoted }: Around,
  report: Report,
): Promise<Map<string, string>> {
  const { name } = environment.definition
  const { kinds } = await loadApiCatalogue(report)
  const others = selectReleases(root, [name], undefined).filter(({ release }) => !promoted.includes(release))
  const rendered = await renderOthers(root, others, report)
  const objects = rendered.flatMap(({ release, namespace, manifests }) => {
    const read = readObjects(
      { environment: name, release, namespace, documents: parseManifests(manifests) },
      (apiVersion, kind) => kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ?? false,
    )
    return read.ok ? read.value : []
  })
  return new Map(
    [...objects, ...listMadeObjects(objects)].map(({ release, object: { kind, metadata } }) => [
      `a ${kind} ${metadata.name} in namespace ${metadata.namespace ?? ''}`,
      release,
    ]),
  )
}
