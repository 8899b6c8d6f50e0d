/**
 * What Argo CD's own manifests say in `argocd-cm` (v3.6.1, manifests/base/config/argocd-cm.yaml), as far as kinds are here
 * that it speaks of: without it every status that a controller writes makes an Application be compared anew, and what
 * changes all the time is watched for nothing.
 */
export const installedSettings: Readonly<Record<string, string>> = {
  'resource.customizations.ignoreResourceUpdates.all': ignoring('jsonPointers', ['/status']),
  'resource.customizations.ignoreResourceUpdates.argoproj.io_Application': ignoring('jqPathExpressions', [
    '.metadata.annotations."notified.notifications.argoproj.io"',
    '.metadata.annotations."argocd.argoproj.io/refresh"',
    '.metadata.annotations."argocd.argoproj.io/refresh-timestamp"',
    '.metadata.annotations."argocd.argoproj.io/hydrate"',
    '.metadata.annotations."argocd.argoproj.io/hydrate-timestamp"',
    '.operation',
  ]),
  'resource.customizations.ignoreResourceUpdates.ConfigMap': ignoring('jqPathExpressions', [
    '.metadata.annotations."cluster-autoscaler.kubernetes.io/last-updated"',
    '.metadata.annotations."control-plane.alpha.kubernetes.io/leader"',
  ]),
  'resource.customizations.ignoreResourceUpdates.apps_ReplicaSet': ignoring('jqPathExpressions', [
    '.metadata.annotations."deployment.kubernetes.io/desired-replicas"',
    '.metadata.annotations."deployment.kubernetes.io/max-replicas"',
  ]),
  'resource.exclusions': JSON.stringify([
    { apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] },
    { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
    { apiGroups: ['certificates.k8s.io'], kinds: ['CertificateSigningRequest'] },
    { apiGroups: ['cert-manager.io'], kinds: ['CertificateRequest'] },
  ]),
}

/** Settings are YAML, which JSON is as well. */
function ignoring(by: 'jsonPointers' | 'jqPathExpressions', fields: readonly string[]): string {
  return JSON.stringify({ [by]: fields })
}
