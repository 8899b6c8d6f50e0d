import { groupBy } from '@opencore/contract'
import type { DrawnEnd } from './share-ends.ts'

/** Ends that are drawn in one frame; those without a title stand alone. */
export interface EndGroup {
  title?: string
  ends: DrawnEnd[]
}

/** Releases by namespace; what the cluster brings stands alone, or a picture has more frames than ends. */
export function groupEnds(ends: readonly DrawnEnd[]): EndGroup[] {
  const groups = groupBy(ends, ({ team, namespace }) => (team === undefined ? undefined : namespace))
  return [...groups].map(([title, inside]) => ({ ...(title !== undefined && { title }), ends: inside }))
}
