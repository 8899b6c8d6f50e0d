import { randomBytes } from 'node:crypto'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { healthSettings, type HealthChecks } from './health-checks.ts'
import { plainDirectoriesOnly } from './hub-settings.ts'
import { installedSettings } from './installed-settings.ts'

/** Where Argo CD and its Applications live on the hub. */
export const ARGOCD_NAMESPACE = 'argocd'

/**
 * What Argo CD expects to find before its controllers start: namespace, configuration, and the project that its
 * API server would make. Order matters: the namespace is first.
 */
export function argocdObjects(healthChecks: HealthChecks): KubernetesObject[] {
  const namespace = ARGOCD_NAMESPACE
  const labels = { 'app.kubernetes.io/part-of': 'argocd' }
  const configMap = (name: string, data: Record<string, string> = {}): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: { ...labels, 'app.kubernetes.io/name': name } },
    data,
  })
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    configMap('argocd-cm', {
      ...installedSettings,
      ...plainDirectoriesOnly,
      ...healthSettings(healthChecks),
    }),
    ...[
      'argocd-rbac-cm',
      'argocd-cmd-params-cm',
      'argocd-gpg-keys-cm',
      'argocd-ssh-known-hosts-cm',
      'argocd-tls-certs-cm',
    ].map((name) => configMap(name)),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'argocd-secret',
        namespace,
        labels: { ...labels, 'app.kubernetes.io/name': 'argocd-secret' },
      },
      stringData: { 'server.secretkey': randomBytes(32).toString('base64') },
    },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', namespace },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ server: '*', namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    },
  ]
}
