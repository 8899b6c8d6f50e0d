import type { PlatformEnvironment } from '@opencore/model'
import { podOf, type EnvironmentInput, type Peer, type Project, type RenderedObject } from '@opencore/verify'

/** What the rules need to know about an environment: its rendered objects beside what its model and its
 * AppProjects say. */
export function describeEnvironment(
  { definition, tier, flows }: PlatformEnvironment,
  objects: readonly RenderedObject[],
  projects: readonly Project[],
): EnvironmentInput {
  const peers = Object.entries(definition.peers).flatMap(([key, peer]): Peer[] => {
    const name = peerName(key)
    if ('cidrs' in peer) return peer.cidrs.map((cidr) => ({ name, cidr }))
    const { namespace, podLabels, ports = [] } = peer
    return [{ name, namespace, labels: podLabels, ports }]
  })
  const { counterpart } = definition
  const otherRegion = (counterpart?.cidrs ?? []).map((cidr) => ({
    name: counterpart?.environment ?? '',
    cidr,
  }))
  const withPods = new Set(
    objects.flatMap((rendered) => (podOf(rendered) === undefined ? [] : rendered.release)),
  )
  // DNS is open to every pod, and so no flow of the graph.
  const lookups = [...withPods].flatMap((from) =>
    (definition.peers.dns.ports ?? []).map((port) => ({ from, to: peerName('dns'), ...port })),
  )
  return {
    environment: definition.name,
    tier: tier.name,
    objects,
    flows: [...flows, ...lookups],
    peers: [...peers, ...otherRegion],
    external: [],
    projects,
  }
}

/** `ingressGateway` is `ingress-gateway` in flows. */
const peerName = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
