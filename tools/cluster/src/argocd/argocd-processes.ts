import { join } from 'node:path'
import { acceptsConnections, answersOkPlain } from '../control-plane/probe.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'
import type { ArgocdFolder } from './argocd-folder.ts'
import { ARGOCD_COMMANDS } from './argocd-folder.ts'

export interface ArgocdOptions {
  folder: ArgocdFolder
  /** Of the hub, with the context's namespace set to argocd. */
  kubeconfig: string
  ports: Record<ArgocdPort, number>
  /** How often Argo CD looks at each Application by itself (a Go duration). Below some seconds, two cores are busy with looking. */
  reconciliation: string
}

export type ArgocdPort =
  | 'redis'
  | 'repoServer'
  | 'repoServerMetrics'
  | 'applicationController'
  | 'applicationSetMetrics'
  | 'applicationSetProbe'
  | 'applicationSetWebhook'

/** How long the repo-server believes the last commit of a ref that it has seen. */
const REVISION_CACHE = '2s'

/**
 * Argo CD's processes, as its own end-to-end tests run them: outside a cluster, all on loopback.
 * Only the application controller's metrics listen everywhere; their address cannot be set.
 */
export function argocdProcesses(options: ArgocdOptions): ProcessSpec[] {
  return [repoServer(options), applicationController(options), applicationSetController(options)]
}

function repoServer(options: ArgocdOptions): ProcessSpec {
  const { ports } = options
  return {
    ...base('repoServer', options),
    args: [
      '--address=127.0.0.1',
      `--port=${ports.repoServer}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${ports.repoServerMetrics}`,
      `--redis=127.0.0.1:${ports.redis}`,
      '--disable-tls',
      '--client-ca-path=',
      `--revision-cache-expiration=${REVISION_CACHE}`,
      '--loglevel=warn',
    ],
    ready: () => answersOkPlain(ports.repoServerMetrics, '/healthz?full=true'),
  }
}

function applicationController(options: ArgocdOptions): ProcessSpec {
  const { ports } = options
  return {
    ...base('applicationController', options),
    args: [
      `--metrics-port=${ports.applicationController}`,
      `--redis=127.0.0.1:${ports.redis}`,
      `--repo-server=127.0.0.1:${ports.repoServer}`,
      '--repo-server-plaintext',
      '--enable-k8s-event=none',
      // Fewer at once than the defaults (10, 20, 20): on a few cores foundations would come last, and all others fail first.
      '--operation-processors=8',
      '--status-processors=10',
      '--kubectl-parallelism-limit=10',
      '--loglevel=warn',
    ],
    ready: () => answersOkPlain(ports.applicationController, '/healthz'),
  }
}

function applicationSetController(options: ArgocdOptions): ProcessSpec {
  const { ports } = options
  return {
    ...base('applicationSetController', options),
    args: [
      `--metrics-addr=127.0.0.1:${ports.applicationSetMetrics}`,
      `--probe-addr=127.0.0.1:${ports.applicationSetProbe}`,
      `--webhook-addr=127.0.0.1:${ports.applicationSetWebhook}`,
      `--argocd-repo-server=127.0.0.1:${ports.repoServer}`,
      '--repo-server-plaintext',
      '--concurrent-application-updates=4',
      '--loglevel=warn',
    ],
    // It registers no probe of its own, so the port says all that there is to know.
    ready: () => acceptsConnections(ports.applicationSetProbe),
  }
}

function base(command: keyof typeof ARGOCD_COMMANDS, options: ArgocdOptions) {
  const name = ARGOCD_COMMANDS[command]
  const { bin, root } = options.folder
  return { name, command: join(bin, name), cwd: root, env: environment(options) }
}

function environment({ folder, kubeconfig, reconciliation }: ArgocdOptions): Record<string, string> {
  return {
    PATH: `${folder.bin}:${process.env['PATH'] ?? ''}`,
    HOME: folder.home,
    TMPDIR: folder.temporary,
    KUBECONFIG: kubeconfig,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: String(folder.publicKeys !== undefined),
    ARGOCD_GNUPGHOME: folder.gnupg,
    ARGOCD_GPG_DATA_PATH: folder.publicKeys ?? folder.empty,
    // A submodule would bring manifests that nobody approved or signed.
    ARGOCD_GIT_MODULES_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: folder.empty,
    ARGOCD_SSH_DATA_PATH: folder.empty,
    // Relative to the working folder: a socket's path may have 108 bytes at most.
    ARGOCD_ASK_PASS_SOCK: 'ask-pass.sock',
    ARGOCD_RECONCILIATION_TIMEOUT: reconciliation,
    ARGOCD_RECONCILIATION_JITTER: '0s',
    // Upstream hides an error of the repo-server for 3 minutes; here a broken push should say so.
    ARGOCD_REPO_ERROR_GRACE_PERIOD_SECONDS: '10s',
    // Upstream's first retry of a failed self-heal waits 2 s, the next ones three times as long, up to 5 minutes.
    ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_CAP_SECONDS: '10',
    // Else three failed renderings stop a release for an hour, repaired or not.
    ARGOCD_PAUSE_GENERATION_AFTER_FAILED_ATTEMPTS: '0',
  }
}
