import { readSelector } from './label-selector.ts'
import { asList, read } from './read.ts'
import type { RenderedObject } from './rendered-object.ts'

/** The list of each kind of monitor that names the ports. */
export const endpointLists = { ServiceMonitor: 'endpoints', PodMonitor: 'podMetricsEndpoints' } as const

/** What a ServiceMonitor or PodMonitor says. */
export interface Monitor {
  isPodMonitor: boolean
  selector: ReturnType<typeof readSelector>
  endpoints: readonly unknown[]
  /** Whether it looks into a namespace: its own, unless it says others or all. */
  watches: (namespace: string) => boolean
}

export function readMonitor({ object }: RenderedObject): Monitor {
  const isPodMonitor = object.kind === 'PodMonitor'
  const everywhere = read(object, 'spec', 'namespaceSelector', 'any') === true
  const names = asList(read(object, 'spec', 'namespaceSelector', 'matchNames'))
  const watched = names.length > 0 ? names : [object.metadata.namespace ?? 'default']
  return {
    isPodMonitor,
    selector: readSelector(read(object, 'spec', 'selector')),
    endpoints: asList(read(object, 'spec', endpointLists[isPodMonitor ? 'PodMonitor' : 'ServiceMonitor'])),
    watches: (namespace) => everywhere || watched.includes(namespace),
  }
}
