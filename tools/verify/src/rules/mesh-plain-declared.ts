import type { Finding } from '@opencore/contract'
import type { ClusterView } from '../cluster-view.ts'
import { isOfAll, rootNamespace } from '../mesh/mesh-view.ts'
import type { PeerAuthentication } from '../mesh/peer-authentication.ts'
import { isAmong, portsOfFlow } from '../network/flow-index.ts'
import { ownerOf } from '../network/network-end.ts'
import { hasPort } from '../network/port-set.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const meshPlainDeclared: Rule = {
  id: 'MESH_PLAIN_UNDECLARED',
  reason:
    'A port that takes calls in plain asks nobody who they are; there is one only where a caller cannot do better.',
  check: (cluster) => [
    ...checkWhole(cluster),
    ...cluster.mesh.authentications.flatMap((each) => checkOne(each, cluster)),
  ],
}

/** Where there is a mesh, it is STRICT as a whole. */
function checkWhole({ mesh }: ClusterView): Finding[] {
  const [first] = mesh.members
  const isStrict = mesh.authentications.some((each) => isOfAll(each) && each.mode === 'STRICT')
  const owner = first && ownerOf(first)
  if (!owner || isStrict || mesh.joining) return []
  return [
    complain(owner, {
      code: meshPlainDeclared.id,
      found: `nothing makes the mesh STRICT, so that ${describeObject(owner.object)} and all others take calls in plain`,
      wanted: `a PeerAuthentication of mode STRICT without selector in ${rootNamespace}`,
      next: 'add the component `mesh` to the defaults',
    }),
  ]
}

function checkOne(policy: PeerAuthentication, { flows, network, mesh }: ClusterView): Finding[] {
  const { rendered, mode, ports, subjects } = policy
  const isJoining = policy === mesh.joining && mode === 'PERMISSIVE'
  const whole = mode === undefined || mode === 'STRICT' || isJoining ? [] : [`${mode} on every port`]
  const ends = subjects ? mesh.subjectsOf(policy) : []
  const isDeclared = (port: number) =>
    ends.length > 0 &&
    ends.every((end) =>
      flows.some((flow) => {
        const callers = network.endsNamed(flow.from).filter(({ labels }) => isAmong(labels, flow.callers))
        return (
          flow.to === end.name &&
          isAmong(end.labels, flow.receivers) &&
          callers.every((caller) => mesh.principalOf(caller) === undefined) &&
          hasPort(portsOfFlow(flow, network), 'TCP', port)
        )
      }),
    )
  const open = ports
    .filter((each) => each.mode !== 'STRICT' && !(each.mode === 'PERMISSIVE' && isDeclared(each.port)))
    .map((each) => `${each.mode} on port ${each.port}`)
  return [...whole, ...open].map((what) =>
    complain(rendered, {
      code: meshPlainDeclared.id,
      found: `${describeObject(rendered.object)} is ${what}, where nobody outside of the mesh is declared to call`,
      wanted: 'STRICT, and PERMISSIVE on the ports of declared callers without a proxy alone',
      next: 'take it away, or declare the flow',
    }),
  )
}
