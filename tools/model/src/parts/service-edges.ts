import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import type { Facts, Part, Use } from './part.ts'

/** Ports behind which HTTP is spoken beyond the platform. */
const webPorts = [80, 443]

/**
 * Whom a service calls, who calls it, and its data, for its dashboard.
 * @param hostOf the host by which other services call a service
 */
export function deriveEdges({ part, parts }: Facts, hostOf: (part: Part) => string): DerivedValues {
  const calls = part.uses.flatMap(({ to, kind }) =>
    parts
      .filter((one) => one.name === to && kind === part.kind)
      .map((one) => ({ name: to, host: hostOf(one) })),
  )
  const beyond = part.external
    .filter(({ port }) => webPorts.includes(port))
    .map(({ host }) => ({ name: host, host }))
  const callers = parts
    .filter((one) => one.kind === part.kind && one.uses.some(({ to }) => to === part.name))
    .map(({ objects, namespace }) => ({ name: objects, namespace }))
  const data = part.uses.filter(({ kind }) => kind !== part.kind).map(describeUse)
  return joinDerived([
    deriveList(part, 'calls', [...calls, ...beyond]),
    deriveList(part, 'callers', callers),
    deriveList(part, 'data', data),
  ])
}

function describeUse({ to, kind, rights }: Use) {
  const named = Object.keys(rights)
  return { name: to, kind, ...(named.length > 0 && { rights: named }) }
}

/** Where there is nothing to say, the chart's own empty list says so. */
const deriveList = ({ place }: Part, key: string, list: Record<string, string | string[]>[]) =>
  list.length > 0 ? derive(['dashboards', key], list, place) : nothing
