import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'

export interface KwokOptions {
  /** Absolute path of the kwok binary. */
  command: string
  /** Names the process and its log. */
  name: string
  kubeconfig: string
  /** Stage files; each kind in them must be served already, or kwok ends at once. */
  stages: readonly string[]
  /** Of the API server whose nodes it plays; none where nodes are real, and it plays what else has stages. */
  client?: KubernetesClient
}

/** No node has it: kwok wants to be told which it plays. */
const NO_NODES = '--manage-nodes-with-label-selector=opencore.dev/played=true'

interface Node extends KubernetesObject {
  status?: { conditions?: { type: string; status: string }[] }
}

/** A kubelet renews its lease for this long (its own default); node leases are what the node lifecycle watches. */
const LEASE_SECONDS = 40

/** Plays the kubelets of all nodes, and the status of what no controller here gives one. Ready when every node is. */
export function kwok({ command, name, kubeconfig, stages, client }: KwokOptions): ProcessSpec {
  return {
    name: `kwok-${name}`,
    command,
    args: [
      `--kubeconfig=${kubeconfig}`,
      client === undefined ? NO_NODES : '--manage-all-nodes',
      `--node-lease-duration-seconds=${LEASE_SECONDS}`,
      ...stages.map((file) => `--config=${file}`),
    ],
    ready: async () => {
      if (client === undefined) return true
      const { items } = await client.list<Node>({ apiVersion: 'v1', kind: 'Node' })
      return items.length > 0 && items.every(isReady)
    },
  }
}

function isReady({ status }: Node): boolean {
  return (
    status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ??
    false
  )
}
