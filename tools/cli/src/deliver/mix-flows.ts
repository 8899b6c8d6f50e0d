import type { Flow, PlatformEnvironment } from '@opencore/model'
import type { DeclaredFlow, Operation } from '@opencore/verify'

/** A release with the final values that it was rendered from; its flows are below `network`, each in a list. */
export interface ValuedRelease {
  name: string
  values: unknown
}

interface Rule {
  flow: string
  ports: readonly Pick<Flow, 'port' | 'protocol'>[]
}

export interface MixedFlows {
  flows: DeclaredFlow[]
  /** Asked for, to what is neither the platform's nor among the releases: they would time out. */
  lacking: DeclaredFlow[]
}

/**
 * The flows of an environment whose releases come from different commits. What a release's own values say was declared at
 * its commit; the model speaks of this commit alone. A flow is asked for by its caller, or by what is called where the
 * platform calls; one that only the other end knows may be there (`isOptional`): its caller is older, or newer.
 */
export function mixFlows(environment: PlatformEnvironment, coming: readonly ValuedRelease[]): MixedFlows {
  const platform = listPlatform(environment)
  const present = new Set(coming.map(({ name }) => name))
  const listed = new Set(
    environment.releases.flatMap(({ values }) => listRules(values).map(({ flow }) => flow)),
  )
  const isThere = (end: string) => present.has(end) || platform.has(end)
  const unlisted = environment.flows.filter(
    ({ id, from, to }) => !listed.has(id) && isThere(from) && isThere(to),
  )
  const known = new Map(environment.flows.map((flow) => [flow.id, flow]))
  // What a caller asks for is in no values of its own: of one that this commit does not know, whoever is called has it.
  const granted = new Map(coming.flatMap(({ values }) => listGranted(values)))
  const said = new Map<string, Map<string, Rule['ports']>>()
  for (const { name, values } of coming)
    for (const { flow, ports } of listRules(values)) {
      const sides = said.get(flow) ?? new Map<string, Rule['ports']>()
      said.set(flow, sides.set(name, [...(sides.get(name) ?? []), ...ports]))
    }
  const mixed = [...said].flatMap(([id, sides]): DeclaredFlow[] => {
    const [from = '', to = ''] = endsOf(id)
    const asked = sides.get(platform.has(from) ? to : from)
    const { callers, receivers, operations = granted.get(id) } = known.get(id) ?? {}
    const ports = asked ?? [...sides.values()].flat()
    return ports.map(({ port, protocol }) => ({
      from,
      to,
      port,
      protocol,
      ...(callers && { callers }),
      ...(receivers && { receivers }),
      ...(operations && { operations }),
      ...(asked === undefined && { isOptional: true }),
    }))
  })
  const all = [...unlisted, ...mixed]
  const isLacking = ({ to, isOptional }: DeclaredFlow) => !isOptional && !isThere(to)
  return { flows: all.filter((flow) => !isLacking(flow)), lacking: all.filter(isLacking) }
}

/** Both ends of each flow that a release's own values say. */
export const listEnds = (values: unknown): string[] => listRules(values).flatMap(({ flow }) => endsOf(flow))

const endsOf = (flow: string) => flow.split(':', 1)[0]?.split('->') ?? []

/** Names of what is no release: parts of the platform, and the other region. */
function listPlatform({ platform, definition: { counterpart } }: PlatformEnvironment): Set<string> {
  return new Set([...platform.map(({ name }) => name), ...(counterpart ? [counterpart.environment] : [])])
}

function listRules(values: unknown): Rule[] {
  const { network } = values as { network?: Readonly<Record<string, unknown>> }
  return Object.values(network ?? {}).flatMap((list) => (Array.isArray(list) ? list.filter(isRule) : []))
}

function listGranted(values: unknown): [flow: string, operations: Operation[] | undefined][] {
  const { mesh } = values as { mesh?: { callers?: readonly { flow: string; operations?: Operation[] }[] } }
  return (mesh?.callers ?? []).map(({ flow, operations }) => [flow, operations])
}

function isRule(item: unknown): item is Rule {
  return typeof item === 'object' && item !== null && 'flow' in item && 'ports' in item
}
