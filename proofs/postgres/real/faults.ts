import type { Fault } from './run-drill.ts'
import { NAMESPACE, ZONES } from './stage.ts'

const CLUSTER = ['-n', NAMESPACE, 'patch', 'clusters.postgresql.cnpg.io', 'ledger-db']

/** The primary's pod is gone from one moment to the next. */
export const losePod: Fault = async ({ kubectl }, { pod }) => {
  await kubectl(['-n', NAMESPACE, 'delete', 'pod', pod, '--force', '--grace-period=0'])
}

/** Another instance is made the primary, as `kubectl cnpg promote` does it (internal/cmd/plugin/promote). */
export const switchOver: Fault = async ({ kubectl }, { pod }) => {
  const instances = ZONES.map((_, index) => `ledger-db-${index + 1}`)
  const targetPrimary = instances.find((name) => name !== pod)
  const targetPrimaryTimestamp = new Date().toISOString()
  const status = { targetPrimary, targetPrimaryTimestamp, phase: 'Switchover in progress' }
  await kubectl([...CLUSTER, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })])
}

/** The primary's node is emptied for maintenance, and comes back. */
export const drainNode: Fault = async ({ kubectl }, { node }) => {
  await kubectl(['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', '--force', '--timeout=120s'])
  await kubectl(['uncordon', node])
}

/** The primary's node loses its power, and starts again. */
export const powerCycleNode: Fault = ({ powerCycle }, { node }) => powerCycle(node)
