import type { RealSpec } from '../platform/platform-spec.ts'

/** The kinds that real operators bring, and see to themselves, as `group/Kind`; none where nodes are simulated. */
export function listOperated(real: Pick<RealSpec, 'operators'> | undefined): Set<string> {
  const definitions = (real?.operators ?? []).filter(isDefinition)
  return new Set(definitions.map(({ spec: { group, names } }) => `${group}/${names.kind}`))
}

interface Definition {
  spec: { group: string; names: { kind: string } }
}

const isDefinition = (
  object: RealSpec['operators'][number],
): object is RealSpec['operators'][number] & Definition => object.kind === 'CustomResourceDefinition'
