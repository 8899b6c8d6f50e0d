import type { Finding } from '@opencore/contract'
import type { ClusterView } from '../cluster-view.ts'
import { asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A Service and one of its ports, by number or name, that a route leads to. */
interface Backend {
  namespace: string
  service: string
  port: unknown
}

export const routeBackendExists: Rule = {
  id: 'ROUTE_BACKEND_MISSING',
  reason: 'A route to a Service or port that does not exist answers 503 to every client.',
  check: (cluster) => [
    ...cluster
      .objectsOf('Ingress')
      .flatMap((rendered) =>
        ingressBackends(rendered).flatMap((backend) => checkBackend(cluster, rendered, backend)),
      ),
    ...cluster
      .objectsOf('HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute')
      .flatMap((rendered) =>
        routeBackends(rendered).flatMap((backend) => checkBackend(cluster, rendered, backend)),
      ),
  ],
}

function ingressBackends({ object }: RenderedObject): Backend[] {
  const paths = asList(read(object, 'spec', 'rules')).flatMap((rule) => asList(read(rule, 'http', 'paths')))
  const backends = [read(object, 'spec', 'defaultBackend'), ...paths.map((path) => read(path, 'backend'))]
  return backends.flatMap((backend) => {
    const service = asText(read(backend, 'service', 'name'))
    if (service === undefined) return []
    const port = read(backend, 'service', 'port', 'name') ?? read(backend, 'service', 'port', 'number')
    return { namespace: object.metadata.namespace ?? 'default', service, port }
  })
}

function routeBackends({ object }: RenderedObject): Backend[] {
  const references = asList(read(object, 'spec', 'rules')).flatMap((rule) =>
    asList(read(rule, 'backendRefs')),
  )
  return references.flatMap((reference) => {
    const service = asText(read(reference, 'name'))
    if (service === undefined || (read(reference, 'kind') ?? 'Service') !== 'Service') return []
    const namespace = asText(read(reference, 'namespace')) ?? object.metadata.namespace ?? 'default'
    return { namespace, service, port: read(reference, 'port') }
  })
}

function checkBackend(cluster: ClusterView, rendered: RenderedObject, backend: Backend): Finding[] {
  const { namespace, service, port } = backend
  const title = describeObject(rendered.object)
  const found = cluster.find('Service', namespace, service)
  if (found === undefined) {
    if (cluster.exists('Service', namespace, service)) return []
    return [
      complain(rendered, {
        code: routeBackendExists.id,
        found: `${title} leads to Service ${namespace}/${service}, which nothing creates`,
        wanted: 'a Service that a release of this environment renders',
        next: 'correct the name of the backend, or enable the Service',
      }),
    ]
  }
  const ports = asList(read(found.object, 'spec', 'ports'))
  if (ports.some((candidate) => read(candidate, 'port') === port || read(candidate, 'name') === port))
    return []
  const known = ports
    .map((candidate) => String(read(candidate, 'name') ?? read(candidate, 'port')))
    .join(', ')
  return [
    complain(rendered, {
      code: routeBackendExists.id,
      found: `${title} leads to port ${String(port)} of Service ${namespace}/${service}, which has no such port`,
      wanted: `one of ${known}`,
      next: 'name the port of the Service (not the port of the container)',
    }),
  ]
}
