import { parse } from 'yaml'
import type { ClusterView } from './cluster-view.ts'
import { asList, asText, read } from './read.ts'
import type { RenderedObject } from './rendered-object.ts'

/** A configuration of Alertmanager that a release renders, as far as rules ask. */
export interface AlertRouting {
  rendered: RenderedObject
  /** Teams that a route asks for. */
  teams: readonly string[]
  /** Names that routes send to, and those of windows that mute them. */
  asked: { receivers: readonly string[]; windows: readonly string[] }
  known: { receivers: readonly string[]; windows: readonly string[] }
}

/** Every configuration of Alertmanager in an environment: the operator takes them from Secrets. */
export function listAlertRouting(cluster: ClusterView): AlertRouting[] {
  return cluster.objectsOf('Secret').flatMap((rendered) => {
    const text = asText(read(rendered.object, 'stringData', 'alertmanager.yaml'))
    if (text === undefined) return []
    const configuration: unknown = parse(text)
    const routes = listRoutes(read(configuration, 'route'))
    const names = (list: unknown) => asList(list).flatMap((item) => asText(read(item, 'name')) ?? [])
    return [
      {
        rendered,
        teams: [...new Set(routes.flatMap(teamOf))].sort(),
        asked: {
          receivers: routes.flatMap((route) => asText(read(route, 'receiver')) ?? []),
          windows: routes.flatMap((route) =>
            [
              ...asList(read(route, 'mute_time_intervals')),
              ...asList(read(route, 'active_time_intervals')),
            ].flatMap((name) => asText(name) ?? []),
          ),
        },
        known: {
          receivers: names(read(configuration, 'receivers')),
          windows: names(read(configuration, 'time_intervals')),
        },
      },
    ]
  })
}

function listRoutes(route: unknown): unknown[] {
  return [route, ...asList(read(route, 'routes')).flatMap(listRoutes)]
}

function teamOf(route: unknown): string[] {
  return asList(read(route, 'matchers')).flatMap(
    (matcher) => /^team="([^"]+)"$/.exec(asText(matcher) ?? '')?.[1] ?? [],
  )
}
