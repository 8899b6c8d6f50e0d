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
 * - need what is not there: a metrics API (without one the autoscalers' own controller is never active, which Argo CD
 *   calls degraded, so they are played: simulation/operators), nodes that attach volumes, signers of certificates;
 * - only cost start-up time here.
 */
export const ENVIRONMENT_CONTROLLERS = [
  '*',
  '-horizontal-pod-autoscaler-controller',
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
      '--leader-elect=false',
      '--secure-port=0',
    ],
    ready: () => Promise.resolve(true),
  }
}
