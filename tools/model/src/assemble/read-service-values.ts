import type { ServicePorts } from '../graph/derive-flows.ts'
import type { JsonObject } from '../json.ts'
import type { ReleaseSeed } from './list-releases.ts'

/** What the graph has to know of a service's values: where it listens, where it is called, what it runs. */
export interface ServiceValues {
  ports: ServicePorts
  /** URL of its Kubernetes Service. */
  address: string
  /** `repository:tag` */
  image: string
}

/**
 * Read from the values of the chart `service` as its templates do: the Service is named after the release unless
 * `fullnameOverride` says otherwise, and has the container's port unless `service.port` does.
 * Values of a wrong type are left to the schema, which sees them afterwards.
 */
export function readServiceValues({ name, namespace }: ReleaseSeed, values: JsonObject): ServiceValues {
  const http = numberAt(values, 'port') ?? 0
  const host = textAt(values, 'fullnameOverride') ?? name
  const port = numberAt(values, 'service', 'port') ?? http
  return {
    ports: { http, management: numberAt(values, 'spring', 'managementPort') ?? http },
    address: `http://${host}.${namespace}.svc.cluster.local:${port}`,
    image: `${textAt(values, 'image', 'repository') ?? ''}:${textAt(values, 'image', 'tag') ?? ''}`,
  }
}

function numberAt(values: JsonObject, ...path: string[]): number | undefined {
  const value = dig(values, path)
  return typeof value === 'number' ? value : undefined
}

function textAt(values: JsonObject, ...path: string[]): string | undefined {
  const value = dig(values, path)
  return typeof value === 'string' ? value : undefined
}

function dig(values: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    values,
  )
}
