import { itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Manifest } from '../made.ts'

/** A listener of a Kafka resource, and how Strimzi calls its port: model/ListenersUtils.java. */
export interface Listener {
  name: string
  port: number
  type: string
  portName: string
  configuration: unknown
}

/** The listeners of a Kafka resource. */
export function listenersOf(kafka: Manifest | undefined): Listener[] {
  return itemsAt(kafka, 'spec', 'kafka', 'listeners').map((listener) => {
    const name = textAt(listener, 'name') ?? ''
    const port = numberAt(listener, 'port') ?? 0
    const type = textAt(listener, 'type') ?? 'internal'
    return {
      name,
      port,
      type,
      portName: portNameOf(name, port, type),
      configuration: valueAt(listener, 'configuration'),
    }
  })
}

function portNameOf(name: string, port: number, type: string): string {
  if (name === 'plain' && port === 9092 && type === 'internal') return 'tcp-clients'
  if (name === 'tls' && port === 9093 && type === 'internal') return 'tcp-clientstls'
  if (name === 'external' && port === 9094) return 'tcp-external'
  return `tcp-${name}`
}
