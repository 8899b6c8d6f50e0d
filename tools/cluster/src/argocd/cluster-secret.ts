import type { Connection } from '../kubernetes/connection.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { ARGOCD_NAMESPACE } from './argocd-objects.ts'

/** Registers an environment in Argo CD, so that `destination.name` finds it. */
export function clusterSecret(environment: string, connection: Connection): KubernetesObject {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `cluster-${environment}`,
      namespace: ARGOCD_NAMESPACE,
      labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: {
      name: environment,
      server: connection.server,
      config: JSON.stringify({
        tlsClientConfig: {
          caData: base64(connection.authority),
          certData: base64(connection.certificate),
          keyData: base64(connection.key),
        },
      }),
    },
  }
}
