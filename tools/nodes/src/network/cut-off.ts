import { layOut } from '@opencore/cluster'
import { execa } from 'execa'
import type { NetworkPlan } from './plan-network.ts'
import { findNetwork } from './open-network.ts'

/**
 * Pull a node's cable: it, its pods and its clients go on, and reach nobody else, neither the API server nor another node.
 * Nobody is told, as by a switch that fails. Throws where there is no such node.
 */
export async function cutOff(folder: string, zones: readonly string[], node: string): Promise<void> {
  const { link } = await findPlace(folder, zones, node)
  await execa('ip', ['link', 'set', link, 'nomaster'])
}

/** Plug the cable of a node that was cut off in again. */
export async function plugIn(folder: string, zones: readonly string[], node: string): Promise<void> {
  const { link, bridge } = await findPlace(folder, zones, node)
  await execa('ip', ['link', 'set', link, 'master', bridge])
}

async function findPlace(folder: string, zones: readonly string[], node: string) {
  const plan: NetworkPlan | undefined = await findNetwork(layOut(folder).marker, zones)
  const place = plan?.nodes.find(({ name }) => name === node)
  if (plan === undefined || place === undefined) throw new Error(`${node} has no cable`)
  return { bridge: plan.bridge, link: place.link }
}
