import { groupBy, groupOf } from '@opencore/contract'
import type { ClusterView } from '../cluster-view.ts'
import { asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A PostgreSQL cluster, and the folder in an object store that it archives its log to. */
interface Archive {
  rendered: RenderedObject
  path: string
}

export const archivePathOnce: Rule = {
  id: 'ARCHIVE_PATH_SHARED',
  reason:
    'Two clusters that archive to one folder overwrite each other, and neither can be recovered; the archiver sees it only when it starts on an empty cluster.',
  check: (cluster) => {
    const archives = groupBy(
      cluster.objectsOf('Cluster').flatMap((rendered) => archivesOf(cluster, rendered)),
      ({ path }) => path,
    )
    return [...archives.values()].flatMap(([first, ...others]) =>
      others.flatMap(({ rendered, path }) =>
        first === undefined
          ? []
          : complain(rendered, {
              code: archivePathOnce.id,
              found: `${describeObject(rendered.object)} archives to ${path}, as ${describeObject(first.rendered.object)} does`,
              wanted: 'a folder for each cluster',
              next: 'give one another destinationPath or serverName',
            }),
      ),
    )
  },
}

function archivesOf(cluster: ClusterView, rendered: RenderedObject): Archive[] {
  const { object } = rendered
  if (groupOf(object) !== 'postgresql.cnpg.io') return []
  return asList(read(object, 'spec', 'plugins'))
    .filter((plugin) => read(plugin, 'isWALArchiver') === true)
    .flatMap((plugin) => {
      const store = asText(read(plugin, 'parameters', 'barmanObjectName'))
      const server = asText(read(plugin, 'parameters', 'serverName')) ?? object.metadata.name
      const configuration = cluster
        .objectsOf('ObjectStore')
        .filter(
          ({ object: { metadata } }) =>
            metadata.name === store && metadata.namespace === object.metadata.namespace,
        )
        .map((found) => read(found.object, 'spec', 'configuration'))
      return configuration.map((of) => ({
        rendered,
        path: [
          asText(read(of, 'endpointURL')),
          asText(read(of, 'destinationPath'))?.replace(/\/$/, ''),
          server,
        ]
          .filter(Boolean)
          .join('/'),
      }))
    })
}
