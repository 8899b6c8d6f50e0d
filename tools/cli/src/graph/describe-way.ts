import { formatPosition } from '@opencore/contract'
import type { DeclaredWay } from '@opencore/model'

/** The line that declares a way, and what it says there. */
export const describeLine = ({ at, declared }: DeclaredWay) => `${formatPosition(at)} ${declared}`.trimEnd()

/** The ports of some ways, each once, in order. */
export function listPorts(ways: readonly Pick<DeclaredWay, 'ports'>[]): string[] {
  const all = ways.flatMap(({ ports }) => ports).sort((a, b) => a.port - b.port)
  return [
    ...new Set(all.map(({ port, protocol }) => (protocol === 'TCP' ? `${port}` : `${port}/${protocol}`))),
  ]
}
