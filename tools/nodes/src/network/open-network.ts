import { FindingsError } from '@opencore/contract/findings'
import { execa } from 'execa'
import { listLinks, removeLink } from './links.ts'
import type { NetworkPlan } from './plan-network.ts'
import { BLOCKS, BRIDGES, planNetwork } from './plan-network.ts'

/**
 * The bridge of a platform's nodes: the one that is there, with nothing plugged into it, or a new one. Its name is the block's, and Linux gives a name once, so that of two platforms
 * that start at once each gets its own; its hardware address says whose it is, from the moment it is there. Routes to the
 * pods of each node end with it. Throws a FindingsError (NODE_NETWORK_FULL) where every block is taken.
 */
export async function openNetwork(marker: string, zones: readonly string[]): Promise<NetworkPlan> {
  const kept = await findNetwork(marker, zones)
  if (kept !== undefined) {
    await unplug(kept.bridge)
    return setUp(kept)
  }
  const first = Number.parseInt(marker.slice(0, 2), 16)
  const { stdout } = await execa('ip', ['-json', '-4', 'route'])
  for (let step = 0; step < BLOCKS; step += 1) {
    const plan = planNetwork((first + step) % BLOCKS, zones)
    if (stdout.includes(plan.host.slice(0, -1))) continue
    const add = ['link', 'add', plan.bridge, 'address', hardwareAddress(marker), 'type', 'bridge']
    const { failed, stderr } = await execa('ip', add, { reject: false })
    if (!failed) return setUp(plan)
    if (!stderr.includes('exists')) throw new Error(`no bridge could be made: ${stderr}`)
  }
  throw new FindingsError([
    {
      code: 'NODE_NETWORK_FULL',
      severity: 'error',
      at: { file: 'tools/nodes/src/network/plan-network.ts' },
      found: `all ${BLOCKS} networks for nodes are taken on this machine`,
      wanted: 'a free one below 198.18.0.0/15',
      next: 'take a platform down, or look at `ip link` and `ip route` for who has them',
    },
  ])
}

async function setUp(plan: NetworkPlan): Promise<NetworkPlan> {
  await execa('ip', ['address', 'replace', `${plan.host}/24`, 'dev', plan.bridge])
  await execa('ip', ['link', 'set', plan.bridge, 'up'])
  for (const { address, pods } of plan.nodes)
    await execa('ip', ['route', 'replace', pods, 'via', address, 'dev', plan.bridge])
  return plan
}

/** The network that a platform has; nothing where it has none. */
export async function findNetwork(
  marker: string,
  zones: readonly string[],
): Promise<NetworkPlan | undefined> {
  const [bridge] = await listBridges(marker)
  return bridge === undefined ? undefined : planNetwork(Number(bridge.slice(BRIDGES.length)), zones)
}

/** Remove a platform's bridge, and what is plugged into it; nothing happens when there is none. */
export async function closeNetwork(marker: string): Promise<void> {
  for (const bridge of await listBridges(marker)) {
    await unplug(bridge)
    await removeLink(bridge)
  }
}

async function listBridges(marker: string): Promise<string[]> {
  const links = await listLinks()
  return links
    .filter(({ ifname, address }) => ifname.startsWith(BRIDGES) && address === hardwareAddress(marker))
    .map(({ ifname }) => ifname)
}

async function unplug(bridge: string): Promise<void> {
  const links = await listLinks()
  for (const { ifname } of links.filter(({ master }) => master === bridge)) await removeLink(ifname)
}

/** Locally administered, and the beginning of the marker. */
function hardwareAddress(marker: string): string {
  return ['02', ...(marker.slice(0, 10).match(/../g) ?? [])].join(':')
}
