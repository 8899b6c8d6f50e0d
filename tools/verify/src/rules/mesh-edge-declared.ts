import type { Finding } from '@opencore/contract'
import { everyMeshPort, type AuthorizationPolicy } from '../mesh/authorization-policy.ts'
import { readHttpRoute, type EdgeRoute } from '../mesh/edge-routes.ts'
import { coversOperation } from '../operations.ts'
import { isEmpty, subtractPorts } from '../network/port-set.ts'
import type { End } from '../network/network-end.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const meshEdgeDeclared: Rule = {
  id: 'MESH_EDGE_DIFFERS',
  reason:
    'What a gateway may serve and what routes lead to have to be the same, or customers get an error, or strangers an answer.',
  check: (cluster) => {
    const { mesh } = cluster
    if (mesh.members.length === 0) return []
    const routes = cluster.objectsOf('HTTPRoute').map(readHttpRoute)
    const policies = mesh.policies.map((policy) => ({ policy, gateways: mesh.gatewaysOf(policy) }))
    return [
      ...policies.flatMap(({ policy, gateways }) =>
        gateways.length === 0 ? [] : checkPolicy(policy, routes.filter(isAttachedTo(gateways))),
      ),
      ...routes.flatMap((route) =>
        checkRoute(
          route,
          policies.filter(({ gateways }) => isAttachedTo(gateways)(route)).map(({ policy }) => policy),
        ),
      ),
    ]
  },
}

/** Istio labels the pods of a gateway with its name. */
const isAttachedTo =
  (ends: readonly End[]) =>
  ({ gateways }: EdgeRoute) =>
    gateways.some(({ namespace, name }) =>
      ends.some(
        (end) => end.namespace === namespace && end.labels['gateway.networking.k8s.io/gateway-name'] === name,
      ),
    )

function checkPolicy({ rendered, rules }: AuthorizationPolicy, routes: readonly EdgeRoute[]): Finding[] {
  return rules.flatMap(({ hosts = ['*'], operation: { paths = ['/*'] } }) =>
    hosts.flatMap((host) => {
      const leading = routes.filter((route) => route.hosts.includes(withoutPort(host)))
      const led = leading.flatMap((route) => route.paths)
      const beyond = paths.filter((path) => !coversOperation([{ paths: led }], { paths: [path] }))
      if (beyond.length === 0) return []
      return [
        complain(rendered, {
          code: meshEdgeDeclared.id,
          found: `${describeObject(rendered.object)} lets in everybody for ${host} and ${beyond.join(', ')}, where no route leads`,
          wanted: 'hosts and paths of services that show themselves at the edge',
          next: 'say `exposes.edge` in the definition of a service, or close the rule',
        }),
      ]
    }),
  )
}

function checkRoute(route: EdgeRoute, policies: readonly AuthorizationPolicy[]): Finding[] {
  const rules = policies.flatMap((policy) => policy.rules)
  return route.hosts.flatMap((host) => {
    const open = rules.filter(
      ({ hosts, principals, ports }) =>
        (hosts === undefined || hosts.includes(host)) &&
        principals === undefined &&
        isEmpty(subtractPorts(everyMeshPort, ports)),
    )
    const paths = open.map(({ operation }) => operation)
    const closed = route.paths.filter((path) => !coversOperation(paths, { paths: [path] }))
    if (closed.length === 0) return []
    return [
      complain(route.rendered, {
        code: meshEdgeDeclared.id,
        found: `${describeObject(route.rendered.object)} leads ${host} and ${closed.join(', ')} to a service, and the mesh refuses that at the gateway`,
        wanted: 'an AuthorizationPolicy of the gateway with the host and the paths',
        next: 'render it from the graph: say `exposes.edge` in the definition of the service',
      }),
    ]
  })
}

const withoutPort = (host: string) => host.replace(/:\*$/, '')
