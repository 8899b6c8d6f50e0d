import type { DataRelease } from '../graph/data/data-kind.ts'
import type { JsonObject } from '../json.ts'
import { textAt } from '../read-value.ts'
import type { ReleaseSeed } from './list-releases.ts'

/** What clients and operators call a release: its objects have its name unless `fullnameOverride` says otherwise. */
export function readDataRelease({ name, namespace }: ReleaseSeed, values: JsonObject): DataRelease {
  return { name, objects: textAt(values, 'fullnameOverride') ?? name, namespace, values }
}
