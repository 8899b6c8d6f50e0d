import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import type { Facts, Part, PartKind } from './part.ts'

/** What holds for the mesh as a whole. It has no pods; those of its gateways are the cluster's. */
export const mesh: PartKind = {
  // Istio's root namespace has its control plane too, whose pods need what controls refuse.
  isGuest: true,
  doors: () => [],
  calls: () => [],
  settings: () => ({ env: {} }),
  values: (facts) => joinDerived([deriveJoining(facts), deriveGateways(facts)]),
}

function deriveJoining({ environment: { value, place } }: Facts): DerivedValues {
  const until = value.mesh?.joining?.until
  const at = { ...place, path: ['mesh', 'joining', 'until'] }
  return until === undefined ? nothing : derive(['joining', 'until'], until, at)
}

function deriveGateways(facts: Facts): DerivedValues {
  const routes = facts.parts.flatMap((part) => routesOf(part, facts))
  if (routes.length === 0) return nothing
  const gateway = facts.platform('ingress-gateway').value
  const podLabels = 'podLabels' in gateway ? { ...gateway.podLabels } : {}
  return derive(['gateways'], [{ name: gateway.name, podLabels, routes }], facts.part.place)
}

/** What a service shows at the edge. */
function routesOf({ name, exposes: { edge } }: Part, { environment }: Facts) {
  if (!edge) return []
  const { host, paths } = edge.value
  // `/a` leads to `/a` and `/a/b`, and not to `/ab`.
  const all = paths.flatMap((path) => [path, `${path.replace(/\/$/, '')}/*`])
  return [{ service: name, host: `${host}.${environment.value.domain}`, paths: all }]
}
