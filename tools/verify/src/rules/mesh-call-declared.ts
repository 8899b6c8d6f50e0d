import type { Finding } from '@opencore/contract'
import type { ClusterView } from '../cluster-view.ts'
import type { AuthorizationPolicy, MeshRule } from '../mesh/authorization-policy.ts'
import { coversOperation, describeOperation } from '../operations.ts'
import { isAmong, portsOfFlow } from '../network/flow-index.ts'
import type { End } from '../network/network-end.ts'
import { describePorts, isEmpty, subtractPorts, unionPorts } from '../network/port-set.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const meshCallDeclared: Rule = {
  id: 'MESH_CALL_UNDECLARED',
  reason: 'A call that the mesh lets through and nobody declared is a way in that no review has seen.',
  check: (cluster) =>
    cluster.mesh.policies.flatMap((policy) => [
      ...listUnread(policy, cluster).map((field) => describeUnread(policy, field)),
      ...policy.rules.flatMap((rule) =>
        (rule.principals ?? [undefined]).flatMap((principal) => checkRule(policy, rule, principal, cluster)),
      ),
    ]),
}

/** Who calls a service asks for no host in particular; at a gateway the hosts are compared with routes. */
function listUnread(policy: AuthorizationPolicy, { mesh }: ClusterView): string[] {
  const asks = policy.rules.some(({ hosts }) => hosts) && mesh.gatewaysOf(policy).length === 0
  return [...policy.unread, ...(asks ? ['hosts in spec.rules'] : [])]
}

/** One finding for each caller, whatever the number of pods that the policy is for. */
function checkRule(
  policy: AuthorizationPolicy,
  rule: MeshRule,
  principal: string | undefined,
  { flows, network, mesh }: ClusterView,
): Finding[] {
  const callers = network.ends.filter((end) => end.name !== undefined && mesh.principalOf(end) === principal)
  if (principal !== undefined && callers.length === 0)
    return [describeSurplus(policy, `${principal}, the account of no pod that there is`, '')]
  const isCaller = (name: string, labels: readonly Readonly<Record<string, string>>[] | undefined) =>
    callers.some((end) => end.name === name && isAmong(end.labels, labels)) ||
    // What is known by addresses has no account either.
    (principal === undefined && network.endsNamed(name).length === 0)
  const surplus = mesh.subjectsOf(policy).map((end: End) => {
    const meant = flows.filter(
      (flow) =>
        flow.to === end.name &&
        isAmong(end.labels, flow.receivers) &&
        isCaller(flow.from, flow.callers) &&
        coversOperation(flow.operations, rule.operation),
    )
    return subtractPorts(rule.ports, unionPorts(meant.map((flow) => portsOfFlow(flow, network))))
  })
  const beyond = unionPorts(surplus)
  if (isEmpty(beyond)) return []
  const what = ` on ${describePorts(beyond)}${describeOperation(rule.operation)}`
  return [describeSurplus(policy, principal ?? 'everybody', what)]
}

function describeSurplus({ rendered }: AuthorizationPolicy, who: string, what: string): Finding {
  return complain(rendered, {
    code: meshCallDeclared.id,
    found: `${describeObject(rendered.object)} lets in ${who}${what}, which no flow declares`,
    wanted: 'declared flows alone',
    next: 'declare the flow where the service says what it uses and exposes, or close the rule',
  })
}

function describeUnread({ rendered }: AuthorizationPolicy, field: string): Finding {
  return complain(rendered, {
    code: meshCallDeclared.id,
    found: `${describeObject(rendered.object)} has ${field}, which cannot be compared with flows`,
    wanted: 'rules of action ALLOW by principals, ports, methods, and paths that are exact or end in `*`',
    next: 'say the same by these',
  })
}
