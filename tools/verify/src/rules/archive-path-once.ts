import { groupBy, groupOf } from '@opencore/contract'
import { archivingKinds, listArchives, neighboursAmong } from '@opencore/model'
import type { ClusterView } from '../cluster-view.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const archivePathOnce: Rule = {
  id: 'ARCHIVE_PATH_SHARED',
  reason:
    'Two clusters that archive to one folder overwrite each other, and neither can be recovered; the archiver sees it only when it starts on an empty cluster.',
  check: (cluster) => {
    const archives = groupBy(listAll(cluster), ({ path }) => path)
    return [...archives.values()].flatMap(([first, ...others]) =>
      others.flatMap(({ rendered, path, next }) =>
        first === undefined
          ? []
          : complain(rendered, {
              code: archivePathOnce.id,
              found: `${describeObject(rendered.object)} archives to ${path}, as ${describeObject(first.rendered.object)} does`,
              wanted: 'a folder for each cluster',
              next,
            }),
      ),
    )
  },
}

/** The folders that objects of an environment archive to, each with whose it is. */
function listAll(cluster: ClusterView) {
  const kinds = archivingKinds.map((each) => each.split('/')[1] ?? '')
  const archiving = cluster
    .objectsOf(...kinds)
    .filter(({ object }) => archivingKinds.includes(`${groupOf(object)}/${object.kind}`))
  const namespaces = groupBy(archiving, ({ object }) => object.metadata.namespace)
  return [...namespaces].flatMap(([namespace, members]) => {
    const beside = cluster.objects.filter(({ object }) => object.metadata.namespace === namespace)
    const neighbours = neighboursAmong(beside.map(({ object }) => object))
    return members.flatMap((rendered) =>
      listArchives(rendered.object, neighbours).map((archive) => ({ rendered, ...archive })),
    )
  })
}
