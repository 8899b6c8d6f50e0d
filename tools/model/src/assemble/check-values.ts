import type { Finding } from '@opencore/contract'
import type { Locator } from '../locate/create-locator.ts'
import type { MapNode } from '../merge/node.ts'
import type { Release } from './platform.ts'

/** Everything that is wrong with a release's merged values: against the chart's schema, and by owner of the key. */
export function checkValues(
  _release: Omit<Release, 'values'>,
  _merged: MapNode,
  _locate: Locator,
): Finding[] {
  return []
}
