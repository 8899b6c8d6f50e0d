import type { Finding } from '@opencore/contract'
import type { DeclaredFlow } from '../declared-flow.ts'
import type { MeshView } from '../mesh/mesh-view.ts'
import { describeOperation, type Operation } from '../operations.ts'
import { everyMeshPort, letsIn } from '../mesh/authorization-policy.ts'
import { isAmong, portsOfFlow } from '../network/flow-index.ts'
import { ownerOf, type End } from '../network/network-end.ts'
import type { NetworkView } from '../network/network-view.ts'
import {
  describePorts,
  intersectPorts,
  isEmpty,
  portRange,
  subtractPorts,
  unionPorts,
} from '../network/port-set.ts'
import { isLasting } from '../pods.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const meshCallAllowed: Rule = {
  id: 'MESH_CALL_REFUSED',
  reason: 'A declared call that the mesh refuses is an error 403, or a connection that is reset.',
  check: ({ flows, network, mesh }) =>
    flows.filter(({ isOptional }) => !isOptional).flatMap((flow) => checkFlow(flow, network, mesh)),
}

function checkFlow(flow: DeclaredFlow, network: NetworkView, mesh: MeshView): Finding[] {
  const ports = intersectPorts(portsOfFlow(flow, network), everyMeshPort)
  const called = network.endsNamed(flow.to).filter(({ labels }) => isAmong(labels, flow.receivers))
  const receivers = mesh.members.filter((end) => called.includes(end) && (!end.pod || isLasting(end.pod)))
  const callers = network
    .endsNamed(flow.from)
    .filter(({ labels, pod }) => isAmong(labels, flow.callers) && (!pod || isLasting(pod)))
  // What is known by addresses comes in plain.
  const principals = callers.length === 0 ? [undefined] : callers.map((end) => mesh.principalOf(end))
  const operations: readonly Operation[] = flow.operations ?? [{}]
  return receivers.flatMap((end) =>
    [...new Set(principals)].flatMap((principal) =>
      operations.flatMap((operation) => {
        const closed = subtractPorts(ports, allowedPorts(end, principal, operation, mesh))
        const refused = isEmpty(closed) ? [] : describeRefused(end, flow, principal, operation)
        const plain =
          principal === undefined && !mesh.joining ? subtractPorts(ports, plainPorts(end, mesh)) : closed
        return principal === undefined && isEmpty(closed) && !isEmpty(plain)
          ? [...refused, ...describeReset(end, flow, describePorts(plain))]
          : refused
      }),
    ),
  )
}

function allowedPorts(end: End, principal: string | undefined, operation: Operation, mesh: MeshView) {
  const rules = mesh.policiesOf(end).flatMap((policy) => policy.rules)
  const meant = rules.filter((rule) => letsIn(rule, principal, operation))
  return unionPorts(meant.map(({ ports }) => ports))
}

/** The ports on which pods take what comes in plain. */
function plainPorts(end: End, mesh: MeshView) {
  // Istio takes no notice of a selector in the root namespace.
  const own = mesh.authentications.filter(
    (each) => each.subjects && each.namespace === end.namespace && mesh.subjectsOf(each).includes(end),
  )
  const open = own.flatMap(({ ports }) => ports.filter(({ mode }) => mode === 'PERMISSIVE'))
  return unionPorts(open.map(({ port }) => portRange('TCP', port)))
}

function describeRefused(
  end: End,
  { from, to, port }: DeclaredFlow,
  principal: string | undefined,
  operation: Operation,
): Finding[] {
  const owner = ownerOf(end)
  if (!owner) return []
  const who = principal ?? `${from}, which is outside of the mesh,`
  return [
    complain(owner, {
      code: meshCallAllowed.id,
      found: `flow ${from} -> ${to} ${port} is refused by the mesh: no AuthorizationPolicy of ${describeObject(owner.object)} lets in ${who}${describeOperation(operation)}`,
      wanted: 'a rule for each declared flow',
      next: 'render the AuthorizationPolicy of the release from the graph; a team cannot close a declared flow',
    }),
  ]
}

function describeReset(end: End, { from, to }: DeclaredFlow, ports: string): Finding[] {
  const owner = ownerOf(end)
  if (!owner) return []
  return [
    complain(owner, {
      code: meshCallAllowed.id,
      found: `flow ${from} -> ${to} comes in plain, and ${describeObject(owner.object)} takes nothing in plain on ${ports}`,
      wanted: 'a PeerAuthentication that is PERMISSIVE on the port, or a caller in the mesh',
      next: `give the pods of ${from} a proxy and its definition a serviceAccount, or render the PeerAuthentication from the graph`,
    }),
  ]
}
