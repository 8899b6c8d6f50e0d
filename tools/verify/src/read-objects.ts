import { failure, success, type Finding, type Result } from '@opencore/contract/findings'
import { asText, isRecord, read } from './read.ts'
import { valuesFileOf, type KubernetesObject, type RenderedObject } from './rendered-object.ts'

/** What one release renders. */
export interface RenderedRelease {
  environment: string
  release: string
  /** Where Argo CD puts namespaced objects that name no namespace. */
  namespace: string
  /** The documents, parsed by Kubernetes' YAML rules. */
  documents: readonly unknown[]
}

/** Whether a kind lives in namespaces; the API catalogue knows. */
export type IsNamespaced = (apiVersion: string, kind: string) => boolean

/**
 * The objects of a release, in their order, each with the namespace that Argo CD would give it.
 * Fails with one finding per document that is no Kubernetes object.
 */
export function readObjects(rendered: RenderedRelease, isNamespaced: IsNamespaced): Result<RenderedObject[]> {
  const { environment, release, documents } = rendered
  const objects = documents.filter(isKubernetesObject)
  if (objects.length < documents.length)
    return failure(
      documents.flatMap((document, index) =>
        isKubernetesObject(document) ? [] : notAnObject(rendered, index),
      ),
    )
  return success(
    objects.map((object) => ({ environment, release, object: place(object, rendered, isNamespaced) })),
  )
}

/** Give an object the namespace of its release where its kind needs one and it names none. */
function place(
  object: KubernetesObject,
  { namespace }: RenderedRelease,
  isNamespaced: IsNamespaced,
): KubernetesObject {
  if (object.metadata.namespace !== undefined || !isNamespaced(object.apiVersion, object.kind)) return object
  return { ...object, metadata: { ...object.metadata, namespace } }
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value['metadata'])) return false
  const texts = [value['apiVersion'], value['kind'], read(value, 'metadata', 'name')]
  return texts.every((text) => asText(text) !== undefined)
}

function notAnObject(rendered: RenderedRelease, index: number): Finding {
  return {
    code: 'MANIFEST_NOT_AN_OBJECT',
    severity: 'error',
    at: { file: valuesFileOf(rendered) },
    found: `document ${index + 1} that release ${rendered.release} renders has no apiVersion, kind or metadata.name`,
    wanted: 'Kubernetes objects alone',
    next: 'render the release and look at that document',
  }
}
