import type { RenderedObject } from '@opencore/verify'

/**
 * Namespaces that no foundation makes, as the judge wants them beside one: the hub's, for Argo CD's own objects, and those
 * that the cluster brings.
 * @param foundation objects that make namespaces
 */
export function otherNamespaces(
  environment: string,
  names: readonly string[],
  foundation: readonly RenderedObject[],
): RenderedObject[] {
  const made = new Set(
    foundation.flatMap(({ object }) => (object.kind === 'Namespace' ? object.metadata.name : [])),
  )
  return [...new Set(names)]
    .filter((name) => !made.has(name))
    .map((name) => ({
      environment,
      release: name,
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    }))
}
