import type { EnvironmentGraph } from '@opencore/model'
import { formatTable } from '../output/format-table.ts'
import { describeLine, listPorts } from './describe-way.ts'

/** A line for each way: its ends, its ports, and the line that declares it. */
export function formatWays(graphs: readonly EnvironmentGraph[]): string {
  return formatTable(
    ['environment', 'from', 'to', 'ports', 'declared'],
    graphs.flatMap(({ environment, ways }) =>
      ways.map((way) => [environment, way.from, way.to, listPorts([way]).join(','), describeLine(way)]),
    ),
  )
}
