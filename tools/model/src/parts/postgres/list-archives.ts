import { itemsAt, textAt, valueAt } from '../../read-value.ts'
import type { Manifest, Neighbours } from '../made.ts'
import type { Archive } from '../part.ts'

/** The folders in object stores that a Cluster archives its log to, by the Barman Cloud plugin. */
export function listArchives({ metadata, spec }: Manifest, { find }: Neighbours): Archive[] {
  return itemsAt(spec, 'plugins')
    .filter((plugin) => valueAt(plugin, 'isWALArchiver') === true)
    .flatMap((plugin) => {
      const store = find('ObjectStore', textAt(plugin, 'parameters', 'barmanObjectName') ?? '')
      const server = textAt(plugin, 'parameters', 'serverName') ?? metadata.name
      const destination = textAt(store, 'spec', 'configuration', 'destinationPath')?.replace(/\/$/, '')
      if (!store) return []
      const path = [textAt(store, 'spec', 'configuration', 'endpointURL'), destination, server]
      return { path: path.filter(Boolean).join('/'), next: 'give one another destinationPath or serverName' }
    })
}
