import { ensureTools } from '@opencore/toolchain'
import type { KubernetesObject, PortSet } from '@opencore/verify'
import { execa } from 'execa'

/** What np-guard's netpol-analyzer says of one pair: a workload as `<namespace>/<name>[<kind>]`, or a range of addresses. */
export interface JudgedConnection {
  from: string
  to: string
  ports: Partial<PortSet>
}

/**
 * Who may reach whom in each of these clusters, by np-guard's evaluator of NetworkPolicies: one process for all of them.
 * Connections of a workload to itself are not among them. Throws what it says of an object that it cannot read.
 */
export async function askNetpolAnalyzer(
  clusters: readonly (readonly KubernetesObject[])[],
): Promise<JudgedConnection[][]> {
  const { 'netpol-analyzer': program = '' } = await ensureTools(['netpol-analyzer'], console.error)
  const input = clusters.map((objects) => `${JSON.stringify(objects)}\n`).join('')
  const { stdout } = await execa(program, { input, maxBuffer: 1024 ** 3 })
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { connections: JudgedConnection[] }).connections)
}
