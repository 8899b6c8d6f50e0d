import { groupBy } from '@opencore/contract'
import { listMade, type Manifest } from '@opencore/model'
import type { RenderedObject } from './rendered-object.ts'

/** An object that an operator will make: in nobody's manifests, and yet it counts and is judged. */
export interface MadeObject extends RenderedObject {
  /** The rendered resource that it is made of. */
  maker: RenderedObject
}

/** What operators will make of rendered objects. */
export function listMadeObjects(objects: readonly RenderedObject[]): MadeObject[] {
  const namespaces = groupBy(objects, ({ object }) => object.metadata.namespace ?? '')
  return [...namespaces.values()].flatMap((neighbours) => {
    const byKey = new Map(neighbours.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]))
    const sibling = (kind: string, name: string): Manifest | undefined => byKey.get(`${kind}/${name}`)
    return neighbours.flatMap((maker) =>
      listMade(maker.object, sibling).map((object) => ({ ...maker, object, maker })),
    )
  })
}
