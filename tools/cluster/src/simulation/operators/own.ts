import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KindRef, KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import type { CustomResource } from '../../kubernetes/custom-resource.ts'

/** On everything that is made, and on the pods that controllers make of that: the resource that it is made of. */
const MADE_OF = 'opencore.dev/made-of'

/** The label that everything made carries, as a selector. */
export const madeOfSomething = MADE_OF

interface Templated extends KubernetesObject {
  spec?: { template?: { metadata?: { labels?: Record<string, string> } } }
}

/** The object as one that goes with its owner, and whose pods can be found. */
export function own(object: KubernetesObject, owner: CustomResource): KubernetesObject {
  const label = { [MADE_OF]: owner.metadata.uid }
  const { apiVersion, kind, metadata } = owner
  const reference = { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }
  const { spec } = object as Templated
  const template = spec?.template
  const labels = { ...template?.metadata?.labels, ...label }
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, ...label },
      ownerReferences: [reference],
    },
    ...(template && {
      spec: { ...spec, template: { ...template, metadata: { ...template.metadata, labels } } },
    }),
  }
}

/** Objects of a kind that are made of a resource, by the operator itself or by a controller of what it made. */
export async function listOwned<T extends KubernetesObject>(
  client: KubernetesClient,
  kind: KindRef,
  { metadata: { uid, namespace = 'default' } }: CustomResource,
): Promise<T[]> {
  const { items } = await client.list<T>(kind, { namespace, labelSelector: `${MADE_OF}=${uid}` })
  return items.map((item) => ({ ...item, ...kind }))
}

/** Whether it is made of a resource, by the operator itself or by a controller of what it made. */
export const isMadeOf = ({ metadata }: KubernetesObject, owner: CustomResource): boolean =>
  metadata.labels?.[MADE_OF] === owner.metadata.uid

/** Whether the operator itself made it. */
export function isOwnedBy({ metadata }: KubernetesObject, owner: CustomResource): boolean {
  return metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) === true
}
