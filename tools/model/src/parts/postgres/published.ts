import { entriesAt, itemsAt, valueAt } from '../../read-value.ts'
import type { Part, Published } from '../part.ts'
import { publishedByService, sumPublished } from '../published.ts'
import { clustersOf } from './connections.ts'
import { managedService } from './make-access.ts'
import { poolerService } from './make-pooler.ts'

/** What the Services of the operator take beside its own three, which are for the cluster alone. */
export function publishedByPostgres(part: Part): Published {
  const additional = itemsAt(part.values, 'services', 'additional').map((service) =>
    managedService(valueAt(service, 'serviceTemplate', 'spec')),
  )
  const poolers = entriesAt(part.values, 'poolers').map(([, pooler]) =>
    poolerService(valueAt(pooler, 'service', 'spec')),
  )
  const ofCluster = sumPublished([...additional, ...poolers].map(publishedByService))
  return sumPublished(clustersOf(part).map(() => ofCluster))
}
