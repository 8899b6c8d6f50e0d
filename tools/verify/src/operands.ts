import { podIdentity } from '@opencore/model'
import type { Labels } from './label-selector.ts'
import type { MadeObject } from './made-objects.ts'
import { podOf, type ContainerPort } from './pods.ts'
import { asText } from './read.ts'
import type { RenderedObject } from './rendered-object.ts'

/** One kind of pods that an operator will make of a rendered object: no template of ours shows them. */
export interface Operand {
  owner: RenderedObject
  namespace: string
  labels: Labels
  ports: readonly ContainerPort[]
  /** ServiceAccount of the pods. */
  account: string
}

/** Every kind of pod that operators make, once. */
export function listOperands(made: readonly MadeObject[]): Operand[] {
  const operands = made.flatMap((object): [string, Operand][] => {
    const pod = podOf(object)
    if (!pod) return []
    const { maker, release } = object
    const { namespace } = pod
    const labels = Object.fromEntries(Object.entries(pod.labels).filter(([key]) => !podIdentity.has(key)))
    const key = JSON.stringify([release, maker.object.kind, maker.object.metadata.name, namespace, labels])
    const account = asText(pod.spec['serviceAccountName']) ?? 'default'
    return [[key, { owner: maker, namespace, labels, ports: pod.ports, account }]]
  })
  return [...new Map(operands).values()]
}
