import { mergeValues, readYaml, type Contract, type JsonObject } from '@opencore/contract'
import { groupAlike, type ChangeGroup } from '@opencore/delivery'
import { findMarkedChanges } from '@opencore/plan'
import type { Side } from './read-side.ts'

/**
 * Values that change though the chart says that what runs cannot follow. The guard refuses them where the sources change;
 * what runs on an environment's ref may be older than what it compared with, or approved by somebody else.
 * @param contracts by chart
 * @param names of the releases that are compared
 */
export function groupFixedValues(
  contracts: ReadonlyMap<string, Contract>,
  before: Side,
  after: Side,
  names: readonly string[],
): ChangeGroup[] {
  return groupAlike(
    names.flatMap((name) => {
      const [old, now] = [before.get(name), after.get(name)]
      const contract = contracts.get(now?.chart ?? '')
      if (!old || !now || !contract || old.chart !== now.chart || old.values === now.values) return []
      const [was, becomes] = [readFull(old.values, contract), readFull(now.values, contract)]
      if (!was || !becomes) return []
      return findMarkedChanges(contract.schema, was, becomes).map(({ path, before: from, after: to }) => ({
        risk: 'immutable' as const,
        kind: 'values',
        action: 'changed' as const,
        name,
        field: {
          path: path.join('.'),
          ...(from !== undefined && { before: from }),
          ...(to !== undefined && { after: to }),
        },
      }))
    }),
  )
}

/** Nothing of what is no YAML: whoever may push may write anything. */
function readFull(text: string, { defaults }: Contract): JsonObject | undefined {
  const yaml = readYaml(new TextEncoder().encode(text), 'values.yaml')
  return yaml.ok ? mergeValues(defaults, yaml.value.value) : undefined
}
