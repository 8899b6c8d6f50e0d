import type { ProcessSpec } from '../processes/process-spec.ts'

/** One scheduler. It serves nothing, so it is ready at once; `command` is the kube-scheduler binary. */
export function scheduler(options: { command: string; name: string; kubeconfig: string }): ProcessSpec {
  return {
    name: `kube-scheduler-${options.name}`,
    command: options.command,
    args: [`--kubeconfig=${options.kubeconfig}`, '--leader-elect=false', '--secure-port=0'],
    ready: () => Promise.resolve(true),
  }
}
