/** How every Application is applied. */
export const syncOptions = [
  // Field ownership instead of the last-applied annotation, which big objects do not fit into.
  'ServerSideApply=true',
  // Which refuses unknown fields by itself. kubectl's check would read the OpenAPI document of each object's group once
  // more, half of the processor time of a first sync.
  'Validate=false',
  // What a diff leaves out, such as replicas under an autoscaler, a sync leaves alone, too.
  'RespectIgnoreDifferences=true',
  // A replacement runs before what it replaces goes.
  'PruneLast=true',
]

/**
 * Retry without end: with a finite limit and selfHeal off Argo CD never tries a revision again, and on a cold start
 * namespaces and CRDs of other Applications may come late. `refresh`: a fix that is pushed between two attempts is taken by
 * the next; one attempt that waits, for a hook or for a person, is not ended by it.
 */
export const retry = {
  limit: -1,
  backoff: { duration: '2s', factor: 2, maxDuration: '30s' },
  refresh: true,
}
