import type { Finding } from '@opencore/contract'

/** A Kubernetes object as rendered: what every object has, and fields that only its kind knows. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; labels?: unknown; annotations?: unknown }
  [field: string]: unknown
}

/** One object of one release in one environment. A namespaced object carries its namespace. */
export interface RenderedObject {
  environment: string
  release: string
  object: KubernetesObject
  /** Where findings point, relative to the workspace root; the values file of the release unless given. */
  file?: string
}

/** What a finding says beside its place. */
export type Complaint = Pick<Finding, 'code' | 'found' | 'wanted' | 'next'>

/** The values file of a release, relative to the workspace root (DESIGN 3). */
export function valuesFileOf({
  environment,
  release,
}: Pick<RenderedObject, 'environment' | 'release'>): string {
  return `argocd/${environment}/values/${release}.yaml`
}

/** Where a finding about an object points. */
export function placeOf(rendered: RenderedObject): Finding['at'] {
  return { file: rendered.file ?? valuesFileOf(rendered) }
}

/** `Deployment banking-services/accounts`: how every message names an object. */
export function describeObject({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`
}

/** An error about a rendered object, placed at the values file of its release. */
export function complain(rendered: RenderedObject, complaint: Complaint): Finding {
  return { severity: 'error', at: placeOf(rendered), ...complaint }
}
