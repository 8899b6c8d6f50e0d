import { entriesAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Part } from '../part.ts'

/** The first listener inside the cluster that takes such clients. */
export function portOf({ values }: Part, authentication: string): number {
  const listeners = entriesAt(values, 'listeners').map(([, listener]) => listener)
  const found = listeners.find(
    (listener) =>
      valueAt(listener, 'enabled') !== false &&
      (textAt(listener, 'type') ?? 'internal') === 'internal' &&
      (textAt(listener, 'authentication') ?? 'tls') === authentication,
  )
  return numberAt(found, 'port') ?? 9093
}
