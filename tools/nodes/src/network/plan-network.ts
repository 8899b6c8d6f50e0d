/** One node's place in a network of nodes. */
export interface NodePlace {
  name: string
  zone: string
  address: string
  /** Addresses of its pods, such as `198.18.17.0/24`. */
  pods: string
  /** This machine's end of its cable. */
  link: string
}

/** The network of one platform's nodes. */
export interface NetworkPlan {
  bridge: string
  /** All its addresses. */
  range: string
  /** This machine's address on the bridge: where API servers listen. */
  host: string
  nodes: NodePlace[]
}

/** What the names of bridges begin with. */
export const BRIDGES = 'oc-nodes'

/** How many platforms of one machine can have real nodes at once, and how many nodes each. */
export const BLOCKS = 32
const MOST_NODES = 15

/**
 * The addresses of one block: 198.18.0.0/15 is kept for tests of network devices and routed nowhere, and each platform
 * takes 16 networks of it, the first for nodes and one for the pods of each.
 */
export function planNetwork(block: number, zones: readonly string[], nodesPerZone = 1): NetworkPlan {
  const names = zones.flatMap((zone) =>
    Array.from({ length: nodesPerZone }, (_, index) => ({ zone, name: `node-${zone}-${index + 1}` })),
  )
  if (names.length > MOST_NODES) throw new Error(`${names.length} nodes, of which there may be ${MOST_NODES}`)
  const network = (index: number) => {
    const third = block * 16 + index
    return `198.${18 + Math.floor(third / 256)}.${third % 256}`
  }
  return {
    bridge: `${BRIDGES}${block}`,
    range: `${network(0)}.0/20`,
    host: `${network(0)}.1`,
    nodes: names.map(({ name, zone }, index) => ({
      name,
      zone,
      address: `${network(0)}.${index + 11}`,
      pods: `${network(index + 1)}.0/24`,
      link: `oc-node${block}-${index + 1}`,
    })),
  }
}
