import type { KubernetesObject } from './kubernetes-object.ts'

/** A resource that an operator looks after, as the API server has it. */
export interface CustomResource extends KubernetesObject {
  metadata: KubernetesObject['metadata'] & { uid: string }
}

/** `namespace/Kind/name`, the same for every version of a resource. */
export function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${kind}/${metadata.name}`
}
