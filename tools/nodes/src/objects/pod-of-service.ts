import type { KubernetesObject } from '@opencore/cluster'

export interface PodOfService {
  name: string
  /** The service that it is to policies: the release's name, and that of an account that is there. */
  service: string
  namespace: string
  /** The node that it must not be on, since something is done to that. */
  avoid?: string
  /** The node that it must be on, and stays on whatever becomes of that. */
  only?: string
}

/** A pod in place of a service's own, with one container, as the restricted level wants it. */
export function podOfService(
  { name, service, namespace, avoid, only }: PodOfService,
  container: object,
  more: { runAsUser?: number; volumes?: object[] } = {},
): KubernetesObject {
  const { runAsUser, volumes = [] } = more
  const labels = { 'app.kubernetes.io/instance': service, 'app.kubernetes.io/name': service }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      serviceAccountName: service,
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      securityContext: {
        runAsNonRoot: true,
        ...(runAsUser !== undefined && { runAsUser }),
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...(avoid !== undefined && { affinity: { nodeAffinity: placed('NotIn', avoid) } }),
      ...(only !== undefined && {
        affinity: { nodeAffinity: placed('In', only) },
        tolerations: [{ operator: 'Exists', effect: 'NoExecute' }],
      }),
      containers: [
        {
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '64Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          },
          ...container,
        },
      ],
      volumes,
    },
  }
}

function placed(operator: 'In' | 'NotIn', node: string): object {
  const expressions = [{ key: 'kubernetes.io/hostname', operator, values: [node] }]
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: expressions }],
    },
  }
}
