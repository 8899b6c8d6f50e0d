import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

/** What real nodes are given; nothing where they are simulated. */
export interface Operated {
  /** Of real operators, with their definitions. */
  operators: readonly KubernetesObject[]
}

/** The kinds that real operators bring, and see to themselves, as `group/Kind`. */
export function listOperated({ operators }: Operated): Set<string> {
  const definitions = operators.filter(isDefinition)
  return new Set(definitions.map(({ spec: { group, names } }) => `${group}/${names.kind}`))
}

interface Definition extends KubernetesObject {
  spec: { group: string; names: { kind: string } }
}

const isDefinition = (object: KubernetesObject): object is Definition =>
  object.kind === 'CustomResourceDefinition'
