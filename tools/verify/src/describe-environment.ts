import { nameServers, viewsOfApiServer, type PlatformEnd, type PlatformEnvironment } from '@opencore/model'
import type { DeclaredFlow, Peer } from './declared-flow.ts'
import { listMadeObjects } from './made-objects.ts'
import type { EnvironmentInput } from './object-view.ts'
import { podOf } from './pods.ts'
import type { Project } from './read-projects.ts'
import type { RenderedObject } from './rendered-object.ts'
import { readReadableSecrets } from './secret-readers.ts'

/** An environment of the model, with the flows that hold in it. */
interface DescribedEnvironment extends Pick<PlatformEnvironment, 'definition' | 'tier' | 'platform'> {
  flows: readonly DeclaredFlow[]
  /** Final values of what is in it. */
  releases: readonly { name: string; values: unknown }[]
}

/** What the rules need to know about an environment: its rendered objects beside what its model and its
 * AppProjects say; and objects of releases that are not there yet. */
export function describeEnvironment(
  { definition, tier, flows, platform, releases }: DescribedEnvironment,
  objects: readonly RenderedObject[],
  projects: readonly Project[],
  absent: readonly RenderedObject[] = [],
): EnvironmentInput {
  const peers = platform.flatMap((end): Peer[] => {
    const { name } = end
    if ('addresses' in end)
      return end.addresses.flatMap(({ cidrs, ...address }) =>
        cidrs.map((cidr) => ({ name, cidr, ...address })),
      )
    const { namespace, podLabels, ports, serviceAccount } = end
    return [{ name, namespace, labels: podLabels, ports, ...(serviceAccount && { account: serviceAccount }) }]
  })
  const { counterpart } = definition
  const otherRegion = (counterpart?.cidrs ?? []).map((cidr) => ({
    name: counterpart?.environment ?? '',
    cidr,
  }))
  const withPods = new Set(
    [...objects, ...listMadeObjects(objects)].flatMap((rendered) =>
      podOf(rendered) === undefined ? [] : rendered.release,
    ),
  )
  // DNS is open to every pod, and so no flow of the graph.
  const lookups = [...withPods].flatMap((from) =>
    nameServers.flatMap((to) => portsOf(platform, to).map((port) => ({ from, to, ...port }))),
  )
  return {
    environment: definition.name,
    tier: tier.name,
    objects,
    flows: [...flows, ...lookups],
    peers: [...peers, ...otherRegion],
    absent,
    projects,
    secretReaders: new Map(releases.map(({ name, values }) => [name, readReadableSecrets(values)])),
    apiServerSeenAs: viewsOfApiServer(definition.networkEnforcer),
  }
}

function portsOf(platform: readonly PlatformEnd[], name: string) {
  const end = platform.find((each) => each.name === name)
  if (!end) return []
  return 'ports' in end ? end.ports : end.addresses.flatMap(({ ports }) => ports)
}
