import { groupOf } from '@opencore/contract'
import { groupBy } from '../group-by.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const noDuplicateObjects: Rule = {
  id: 'OBJECT_DUPLICATE',
  reason:
    'Two sources of one object overwrite each other at every sync, and deleting one release deletes the object of the other.',
  check: (cluster) => {
    const groups = groupBy(cluster.objects, ({ object }) =>
      [groupOf(object), object.kind, object.metadata.namespace ?? '', object.metadata.name].join('/'),
    )
    return [...groups.values()].flatMap(([first, ...others]) =>
      others.flatMap((other) =>
        first === undefined
          ? []
          : complain(other, {
              code: noDuplicateObjects.id,
              found: `${describeObject(other.object)} is rendered by release ${first.release} and again by release ${other.release}`,
              wanted: 'one release for one object',
              next: 'rename one of them, or leave it out of one release',
            }),
      ),
    )
  },
}
