import { asList, asText, read } from '../read.ts'
import type { RenderedObject } from '../rendered-object.ts'

/** A route from outside: hosts and paths that a gateway leads to a service. */
export interface EdgeRoute {
  rendered: RenderedObject
  gateways: readonly { namespace: string; name: string }[]
  hosts: readonly string[]
  /** As a policy writes them: exact, or a prefix with `*` at the end. */
  paths: readonly string[]
}

/** Read a rendered HTTPRoute (gateway.networking.k8s.io/v1). */
export function readHttpRoute(rendered: RenderedObject): EdgeRoute {
  const { metadata, ['spec']: spec } = rendered.object
  const own = metadata.namespace ?? 'default'
  const rules = asList(read(spec, 'rules'))
  return {
    rendered,
    gateways: asList(read(spec, 'parentRefs')).flatMap((parent) => {
      const name = asText(read(parent, 'name'))
      if (name === undefined || (asText(read(parent, 'kind')) ?? 'Gateway') !== 'Gateway') return []
      return [{ namespace: asText(read(parent, 'namespace')) ?? own, name }]
    }),
    hosts: asList(read(spec, 'hostnames')).filter((host) => typeof host === 'string'),
    paths: [...new Set((rules.length > 0 ? rules : [{}]).flatMap(readPaths))],
  }
}

/** Without a match it is every path (Gateway API, HTTPRouteRule.matches); a pattern is taken for every path, too. */
function readPaths(rule: unknown): string[] {
  const matches = asList(read(rule, 'matches'))
  return (matches.length > 0 ? matches : [{}]).flatMap((match) => {
    const type = asText(read(match, 'path', 'type')) ?? 'PathPrefix'
    const value = asText(read(match, 'path', 'value')) ?? '/'
    if (type === 'Exact') return [value]
    // `/a` leads to `/a` and `/a/b`, and not to `/ab`.
    return type === 'PathPrefix' ? [value, `${value.replace(/\/$/, '')}/*`] : ['/*']
  })
}
