import type { ProcessSpec } from '../processes/process-spec.ts'
import { SERVICE_RANGE } from './api-server.ts'
import type { CertificateFiles } from './ensure-certificates.ts'

export interface ControllerManagerOptions {
  /** Absolute path of the kube-controller-manager binary. */
  command: string
  /** Names the process and its log. */
  name: string
  kubeconfig: string
  certificates: CertificateFiles
  /** Value of `--controllers`. */
  controllers: readonly string[]
}

/**
 * What acts in a simulated environment: Kubernetes' own controllers, without those that
 * - need what is not there: nodes that attach volumes, signers of certificates;
 * - only cost start-up time here.
 * There is no metrics API, so the autoscaler measures nothing; it still holds every target between its bounds
 * (`reconcileAutoscaler` in pkg/controller/podautoscaler/horizontal.go).
 */
export const ENVIRONMENT_CONTROLLERS = [
  '*',
  '-persistentvolume-attach-detach-controller',
  '-certificatesigningrequest-approving-controller',
  '-certificatesigningrequest-cleaner-controller',
  '-certificatesigningrequest-signing-controller',
  '-service-lb-controller',
  '-node-route-controller',
  '-cloud-node-lifecycle-controller',
  '-storage-version-migrator-controller',
  '-ttl-controller',
]

/** Kubernetes' own 15 s are also how long a new autoscaler waits before it first looks at its target. */
const AUTOSCALER_PERIOD = '3s'

/** The hub runs no workloads: Applications that lose their ApplicationSet are collected, namespaces can go. */
export const HUB_CONTROLLERS = ['garbage-collector-controller', 'namespace-controller']

/** One controller manager. It serves nothing, so it is ready at once. */
export function controllerManager(options: ControllerManagerOptions): ProcessSpec {
  const { authority, serviceAccount } = options.certificates.files
  return {
    name: `kube-controller-manager-${options.name}`,
    command: options.command,
    args: [
      `--kubeconfig=${options.kubeconfig}`,
      `--controllers=${options.controllers.join(',')}`,
      '--use-service-account-credentials',
      `--service-account-private-key-file=${serviceAccount.privateKey}`,
      `--root-ca-file=${authority}`,
      `--service-cluster-ip-range=${SERVICE_RANGE}`,
      `--horizontal-pod-autoscaler-sync-period=${AUTOSCALER_PERIOD}`,
      '--leader-elect=false',
      '--secure-port=0',
    ],
    ready: () => Promise.resolve(true),
  }
}
