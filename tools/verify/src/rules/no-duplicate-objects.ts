import { groupBy, groupOf } from '@opencore/contract'
import type { MadeObject } from '../made-objects.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const noDuplicateObjects: Rule = {
  id: 'OBJECT_DUPLICATE',
  reason:
    'Two sources of one object overwrite each other at every sync, and deleting one release deletes the object of the other.',
  check: (cluster) => {
    // Of what operators make, Secrets alone: an operator that finds one there takes it over, or writes into it.
    const made = cluster.made.filter(({ object }) => object.kind === 'Secret')
    const groups = groupBy([...cluster.objects, ...made], ({ object }) =>
      [groupOf(object), object.kind, object.metadata.namespace ?? '', object.metadata.name].join('/'),
    )
    return [...groups.values()].flatMap(([first, ...others]) =>
      others.flatMap((other) =>
        first === undefined
          ? []
          : complain(other, {
              code: noDuplicateObjects.id,
              found: `${describeObject(other.object)} is rendered by ${originOf(first)} and again by ${originOf(other)}`,
              wanted: 'one release for one object',
              next: 'rename one of them, or leave it out of one release',
            }),
      ),
    )
  },
}

const originOf = (object: RenderedObject | MadeObject) =>
  `release ${object.release}${'maker' in object ? ` (made of ${describeObject(object.maker.object)})` : ''}`
