import { formatPath } from '../format-path.ts'
import type { JsonObject, Path } from '../json.ts'
import { nothing, type DerivedValues } from '../parts/derived-values.ts'
import type { End } from '../parts/end.ts'
import { networkRules } from '../parts/network-rule.ts'
import type { DerivedFlow } from './list-flows.ts'

/** A flow as one of its ends has it: in which list below `network`, and who is at the other end. */
export interface OwnFlow {
  flow: DerivedFlow
  list: string
  other: End
}

/** The flows of a part as its chart takes them below `network`: each in its list, with the end that is not the part. */
export function deriveNetwork(flows: readonly OwnFlow[]): DerivedValues {
  const lists: Record<string, JsonObject[]> = {}
  const places = new Map<string, DerivedFlow['declared']>()
  for (const { flow, list, other } of flows) {
    const rules = (lists[list] ??= [])
    for (const rule of networkRules(other, flow.ports)) {
      const path: Path = ['network', list, rules.length]
      places.set(formatPath(path), flow.declared)
      rules.push({ flow: flow.id, ...rule })
    }
  }
  return places.size === 0 ? nothing : { values: { network: lists }, places }
}

/** All flows by the name of each end that has a list for them, in their order. */
export function groupFlows(flows: readonly DerivedFlow[]): ReadonlyMap<string, OwnFlow[]> {
  const groups = new Map<string, OwnFlow[]>()
  const add = (name: string, list: string | undefined, own: Omit<OwnFlow, 'list'>) => {
    if (list === undefined) return
    const group = groups.get(name) ?? []
    groups.set(name, group)
    group.push({ ...own, list })
  }
  for (const flow of flows) {
    const { from, to, lists } = flow
    add(to.name, lists.to, { flow, other: from })
    if (from.name !== to.name || lists.to === undefined) add(from.name, lists.from, { flow, other: to })
  }
  return groups
}
