/** Any Kubernetes object as the API sends it. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: Metadata
  [field: string]: unknown
}

export interface Metadata {
  name: string
  namespace?: string
  uid?: string
  generation?: number
  resourceVersion?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  deletionTimestamp?: string
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string }[]
  finalizers?: string[]
}

/** What identifies a kind to the API. */
export type KindRef = Pick<KubernetesObject, 'apiVersion' | 'kind'>

/** What identifies an object; without a namespace it is cluster-scoped or in `default`. */
export interface ObjectRef extends KindRef {
  metadata: Pick<Metadata, 'name' | 'namespace'>
}

/** The API's answer when it refuses (meta/v1 Status). */
export interface Status {
  kind: 'Status'
  code: number
  reason?: string
  message: string
  details?: { causes?: { reason?: string; message?: string; field?: string }[] }
}
