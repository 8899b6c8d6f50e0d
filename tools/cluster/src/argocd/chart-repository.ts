import type { Credentials } from '../credentials.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { ARGOCD_NAMESPACE } from './argocd-objects.ts'

/**
 * How Argo CD logs in to a private chart repository
 * (https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories).
 */
export function chartRepositorySecret(url: string, { username, password }: Credentials): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'chart-repository',
      namespace: ARGOCD_NAMESPACE,
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
    },
    stringData: { type: 'helm', name: 'charts', url, username, password },
  }
}
