import type { ServicePorts } from '../graph/derive-flows.ts'
import type { JsonObject } from '../json.ts'
import { numberAt, textAt } from '../read-value.ts'
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
