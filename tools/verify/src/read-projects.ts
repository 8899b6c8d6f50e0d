import type { ApplicationSource } from './read-application.ts'
import { asList, asText, read } from './read.ts'
import type { RenderedObject } from './rendered-object.ts'

/** A kind of an AppProject's white list; `*` stands for any text. */
export interface AllowedKind {
  group: string
  kind: string
  /** Of a cluster-wide object; any name when it is left out. */
  name?: string
}

/** What Argo CD lets the Applications of an AppProject sync. */
export interface Project {
  name: string
  releases: readonly string[]
  cluster: readonly AllowedKind[]
  namespaced: readonly AllowedKind[]
  /** Namespaces that it may reach. */
  namespaces: readonly string[]
}

/** The AppProjects among an environment's hub objects, with the releases whose Applications belong to them. */
export function readProjects(
  hub: readonly RenderedObject[],
  sources: readonly ApplicationSource[],
): Project[] {
  return hub
    .filter(({ object }) => object.kind === 'AppProject')
    .map(({ object }) => ({
      name: object.metadata.name,
      releases: sources
        .filter(({ project }) => project === object.metadata.name)
        .map(({ release }) => release),
      cluster: readKinds(read(object, 'spec', 'clusterResourceWhitelist')),
      namespaced: readKinds(read(object, 'spec', 'namespaceResourceWhitelist')),
      namespaces: asList(read(object, 'spec', 'destinations')).flatMap(
        (destination) => asText(read(destination, 'namespace')) ?? [],
      ),
    }))
}

function readKinds(list: unknown): AllowedKind[] {
  return asList(list).map((entry) => {
    const name = asText(read(entry, 'name'))
    return {
      group: asText(read(entry, 'group')) ?? '',
      kind: asText(read(entry, 'kind')) ?? '',
      ...(name !== undefined && { name }),
    }
  })
}
