import { findContexts, type Kubeconfig } from '@opencore/cluster'
import type { Seen, Subject } from './row.ts'

/** The context that reaches an environment's cluster, or why there is none. */
export type FoundCluster = { context: string } | { hidden: string }

/** The address that Argo CD uses for the cluster that it runs in itself. */
const OWN_CLUSTER = 'https://kubernetes.default.svc'

/**
 * The context of the kubeconfig that reaches the address by which a hub knows an environment's cluster.
 * @param hub the context of the hub itself
 */
export function findCluster(
  config: Kubeconfig,
  hub: string,
  address: Seen<string | undefined>,
): FoundCluster {
  if ('hidden' in address) return address
  if (address.value === undefined) return { hidden: 'the hub does not know it yet' }
  if (address.value === OWN_CLUSTER) return { context: hub }
  const [context] = findContexts(config, address.value)
  return context === undefined ? { hidden: `no context reaches ${address.value}` } : { context }
}

/** What a cluster that nobody can ask is about. */
export const clusterOf = (environment: string): Subject => ({
  what: 'cluster',
  wanted: 'a context of the kubeconfig that reaches it',
  next: `# ${environment}: bring its context into your kubeconfig, e.g. aws eks update-kubeconfig --name ${environment}`,
})
