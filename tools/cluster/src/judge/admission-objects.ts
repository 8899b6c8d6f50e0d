import { groupOf } from '@opencore/contract'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

/** Core kinds that admission plugins read; the other kinds that matter have a group of their own. */
const coreKinds = new Set(['Namespace', 'LimitRange'])
const groups = new Set([
  'admissionregistration.k8s.io',
  'networking.k8s.io/IngressClass',
  'node.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
])

interface Policy extends KubernetesObject {
  spec?: { paramKind?: { apiVersion?: string; kind?: string } }
}

/**
 * The objects of a foundation that decide what admission lets in: namespaces with their labels, limits,
 * classes, policies, and the objects that policies take as parameters.
 */
export function admissionObjects(foundation: readonly KubernetesObject[]): KubernetesObject[] {
  const parameters = new Set(
    foundation.flatMap((policy: Policy) => {
      const { apiVersion, kind } = policy.spec?.paramKind ?? {}
      return apiVersion === undefined || kind === undefined ? [] : `${apiVersion}/${kind}`
    }),
  )
  return foundation.filter(({ apiVersion, kind }) => {
    const group = groupOf({ apiVersion })
    if (group === '' && coreKinds.has(kind)) return true
    return groups.has(group) || groups.has(`${group}/${kind}`) || parameters.has(`${apiVersion}/${kind}`)
  })
}

/** The policies among objects: admission takes a second to read these again. */
export function policyObjects(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter(({ apiVersion }) => apiVersion.startsWith('admissionregistration.k8s.io/'))
}
