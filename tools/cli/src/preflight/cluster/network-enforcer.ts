import { networkEnforcers, type NetworkEnforcer } from '@opencore/model'
import type { KubernetesObject } from '@opencore/cluster'
import { asList, read } from '@opencore/verify'
import type { Check, Query } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong } from '../row.ts'
import type { ClusterWanted } from './cluster-wanted.ts'

const daemonSets: Query = { apiVersion: 'apps/v1', kind: 'DaemonSet' }

/** The DaemonSet that each runs as, by its own manifests, and the container in it where others share the DaemonSet. */
const DAEMONS: Readonly<Record<NetworkEnforcer, { name: string; container?: string }>> = {
  'aws-vpc-cni': { name: 'aws-node', container: 'aws-eks-nodeagent' },
  calico: { name: 'calico-node' },
  cilium: { name: 'cilium' },
  'kube-router': { name: 'kube-router' },
  'ovn-kubernetes': { name: 'ovnkube-node' },
}

/** What enforces network policies: without one they are only text. */
export const networkEnforcer: Check<ClusterWanted> = {
  reads: () => [daemonSets],
  rows: ({ context, environment: { definition } }, answers) => {
    const said = definition.networkEnforcer
    const subject = {
      what: 'network policies',
      wanted: `enforced by ${said ?? `one of ${networkEnforcers.join(', ')}`}`,
      next: `${kubectl(context, 'get daemonsets --all-namespaces')} # then say networkEnforcer in environments/${definition.name}/index.ts, or install it`,
    }
    return [
      judge(subject, answers(daemonSets), (all) => {
        const there = networkEnforcers.filter((enforcer) =>
          all.some((daemon) => runs(daemon, DAEMONS[enforcer])),
        )
        if (there.length === 0) return missing(subject, 'none that is known')
        const isRight = said === undefined || there.includes(said)
        return isRight ? ok(subject, there.join(', ')) : wrong(subject, there.join(', '))
      }),
    ]
  },
}

function runs(daemon: KubernetesObject, { name, container }: { name: string; container?: string }): boolean {
  if (daemon.metadata.name !== name) return false
  const containers = asList(read(daemon, 'spec', 'template', 'spec', 'containers'))
  return container === undefined || containers.some((each) => read(each, 'name') === container)
}
