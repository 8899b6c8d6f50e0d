import type { Json, JsonObject } from '../json.ts'
import { toJson } from './build-node.ts'
import type { MapNode, Node } from './node.ts'

/** The layer of the chart's own defaults. */
export const chartLayer = 0

/**
 * What goes into a release's values file: every value that a layer above the chart's defaults sets, even where it
 * equals the default (a new chart version must not change it silently), and no default that nobody set.
 * A list is written whole, since Helm replaces lists. The templates see the chart's defaults with these over them: also a
 * default that a layer removes, since nothing in the values file speaks against it.
 */
export function writtenValues(root: MapNode): JsonObject {
  return writeMap(root)
}

function writeMap(map: MapNode): JsonObject {
  const entries = [...map.entries].flatMap(([key, node]): [string, Json][] => {
    if (node.type === 'absent' || !isSet(node)) return []
    return [[key, node.type === 'map' ? writeMap(node) : toJson(node)]]
  })
  return Object.fromEntries(entries)
}

/** Whether a layer above the chart's defaults says something here. */
function isSet({ history }: Node): boolean {
  return history.some(({ layer }) => layer !== chartLayer)
}
