import { isList, isMap } from '../../json.ts'
import { textAt, valueAt } from '../../read-value.ts'
import { bucketOf } from '../object-store.ts'
import type { Part } from '../part.ts'

/**
 * Every store of objects that a cluster reads or writes, as the chart's helper `postgres.objectStores` lists them: its
 * own archive, those of other regions, which a standby restores from, and those of clusters that it is made from.
 */
function storesOf({ values }: Part): unknown[] {
  const backups = valueAt(values, 'backups')
  const self = textAt(values, 'regions', 'self') ?? ''
  const members = valueAt(values, 'regions', 'members')
  const own = valueAt(members, self, 'objectStore') ?? backups
  const archives = valueAt(backups, 'enabled') !== false && valueAt(backups, 'archive') !== false
  const others = isMap(members) && self !== '' ? Object.entries(members) : []
  const external = valueAt(values, 'externalClusters')
  return [
    ...(archives ? [own] : []),
    ...others.flatMap(([region, member]) => (region === self ? [] : [valueAt(member, 'objectStore')])),
    ...(textAt(values, 'bootstrap', 'method') === 'recovery'
      ? [valueAt(values, 'bootstrap', 'recovery', 'objectStore')]
      : []),
    ...(isList(external) ? external.map((cluster) => valueAt(cluster, 'barmanObjectStore')) : []),
  ].filter((store) => textAt(store, 'destinationPath') !== undefined)
}

/** The buckets of all of them, each once. */
export function bucketsOf(part: Part): string[] {
  const buckets = storesOf(part).flatMap((store) => bucketOf(textAt(store, 'destinationPath') ?? '') ?? [])
  return [...new Set(buckets)]
}

/** Whether any of them is reached by a role that the cloud gives to pods: the chart takes those of AWS alone. */
export function inheritsRole(part: Part): boolean {
  return storesOf(part).some((store) => valueAt(store, 's3Credentials', 'inheritFromIAMRole') === true)
}
