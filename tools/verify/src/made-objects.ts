import { groupBy } from '@opencore/contract'
import { listMade, neighboursAmong } from '@opencore/model'
import type { RenderedObject } from './rendered-object.ts'

/** An object that an operator will make: in nobody's manifests, and yet it counts and is judged. */
export interface MadeObject extends RenderedObject {
  /** The rendered resource that it is made of. */
  maker: RenderedObject
}

/** What operators will make of rendered objects. */
export function listMadeObjects(objects: readonly RenderedObject[]): MadeObject[] {
  const namespaces = groupBy(objects, ({ object }) => object.metadata.namespace ?? '')
  return [...namespaces.values()].flatMap((members) => {
    const neighbours = neighboursAmong(members.map(({ object }) => object))
    return members.flatMap((maker) =>
      listMade(maker.object, neighbours).map((object) => ({ ...maker, object, maker })),
    )
  })
}
