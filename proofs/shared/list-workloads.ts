import { podOf, type ClusterView, type End, type RenderedObject } from '@opencore/verify'

/** What makes the pods of an end: the rendered workload, or what an operator will make. */
export function listWorkloads(
  { made }: Pick<ClusterView, 'made'>,
  { pod, operand, name, namespace, labels }: End,
): RenderedObject[] {
  if (pod) return [pod.owner]
  if (!operand) return []
  return made.filter((rendered) => {
    const its = podOf(rendered)
    const isSame = Object.entries(labels).every(([key, value]) => its?.labels[key] === value)
    return rendered.release === name && its?.namespace === namespace && isSame
  })
}
