import { failure, success, type Finding, type Result } from '@opencore/contract'
import { parseAllDocuments, type Tags } from 'yaml'
import { asText, isRecord, read } from './read.ts'
import { valuesFileOf, type KubernetesObject, type RenderedObject } from './rendered-object.ts'

/** The rendered text of one release. */
export interface RenderedRelease {
  environment: string
  release: string
  /** Where Argo CD puts namespaced objects that name no namespace. */
  namespace: string
  /** YAML documents, as Helm prints them. */
  manifests: string
}

/** Whether a kind lives in namespaces: asked of the API catalogue by `<group>/<version>/<Kind>`. */
export type IsNamespaced = (apiVersion: string, kind: string) => boolean

/**
 * Objects of one release, in the order of the text, with the namespace that Argo CD would give them.
 * Fails with one finding per document that is no Kubernetes object.
 */
export function parseManifests(
  rendered: RenderedRelease,
  isNamespaced: IsNamespaced,
): Result<RenderedObject[]> {
  const documents = parseAllDocuments(rendered.manifests, { version: '1.1', customTags })
  const findings: Finding[] = []
  const objects: RenderedObject[] = []
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors
    const content: unknown = error === undefined ? document.toJS({ maxAliasCount: 100 }) : undefined
    if (content === null) continue
    const { environment, release } = rendered
    if (isKubernetesObject(content))
      objects.push({ environment, release, object: place(content, rendered, isNamespaced) })
    else
      findings.push(
        notAnObject(rendered, error?.message ?? 'a document without apiVersion, kind or metadata.name'),
      )
  }
  return findings.length > 0 ? failure(findings) : success(objects)
}

/** YAML 1.1 as Go's parser reads it for Kubernetes: neither dates nor base 60. */
const customTags = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || !/TIME|timestamp/.test(`${tag.format ?? ''} ${tag.tag}`))

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

function notAnObject(rendered: RenderedRelease, problem: string): Finding {
  return {
    code: 'MANIFEST_NOT_AN_OBJECT',
    severity: 'error',
    at: { file: valuesFileOf(rendered) },
    found: `release ${rendered.release} renders ${problem.split('\n', 1)[0] ?? problem}`,
    wanted: 'Kubernetes objects alone',
    next: 'render the release and look at the end of the document before',
  }
}
