import { formatPath } from '../format-path.ts'
import type { JsonObject, Path } from '../json.ts'
import { nothing, type DerivedValues } from '../parts/derived-values.ts'
import type { End } from '../parts/end.ts'
import { networkRules } from '../parts/network-rule.ts'
import type { DerivedFlow } from './list-flows.ts'

/** The flows of a part as its chart takes them below `network`: each in its list, with the end that is not the part. */
export function deriveNetwork(name: string, flows: readonly DerivedFlow[]): DerivedValues {
  const lists: Record<string, JsonObject[]> = {}
  const places = new Map<string, DerivedFlow['declared']>()
  for (const { flow, list, other } of listOwnEnds(name, flows)) {
    const rules = (lists[list] ??= [])
    for (const rule of networkRules(other, flow.ports)) {
      const path: Path = ['network', list, rules.length]
      places.set(formatPath(path), flow.declared)
      rules.push({ flow: flow.id, ...rule })
    }
  }
  return places.size === 0 ? nothing : { values: { network: lists }, places }
}

function listOwnEnds(
  name: string,
  flows: readonly DerivedFlow[],
): { flow: DerivedFlow; list: string; other: End }[] {
  return flows.flatMap((flow) => {
    const { from, to, lists } = flow
    if (to.name === name && lists.to !== undefined) return [{ flow, list: lists.to, other: from }]
    if (from.name === name && lists.from !== undefined) return [{ flow, list: lists.from, other: to }]
    return []
  })
}
