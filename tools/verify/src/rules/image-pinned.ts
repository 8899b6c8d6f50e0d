import type { ObjectView } from '../object-view.ts'
import { asRecord, asText } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A reference with a tag and a digest: `registry:5000/path/name:tag@sha256:<64 hex>`; the tag is after the last slash. */
const pinned = /^[^@\s]*?[^/@\s]+:(?<tag>[A-Za-z0-9_][\w.-]{0,127})@sha256:[0-9a-f]{64}$/

/**
 * By what fields name images, at any depth: `image` of containers and of most operators, CloudNativePG's `imageName`, Strimzi's
 * `brokerRackInitImage` and the like, and the annotation by which Istio takes another proxy.
 */
const fields = /^(image|imageName|[a-z]\w*Image|sidecar\.istio\.io\/proxyImage)$/

/** Custom resources that carry other people's text: a template's key may be called anything. */
const texts = new Set(['ExternalSecret', 'ClusterExternalSecret', 'PushSecret', 'PrometheusRule'])

interface Image {
  owner: RenderedObject
  image: string
  path: string
}

export const imagePinned: Rule = {
  id: 'IMAGE_NOT_PINNED',
  reason:
    'A tag alone can be moved to other content; a digest alone hides from people and operators which version runs.',
  check: (cluster) =>
    cluster.tier !== 'production'
      ? []
      : listImages(cluster).flatMap(({ owner, image, path }) => {
          const tag = pinned.exec(image.slice(image.lastIndexOf('/') + 1))?.groups?.['tag']
          if (tag !== undefined && tag !== 'latest') return []
          return complain(owner, {
            code: imagePinned.id,
            found: `${describeObject(owner.object)} runs image "${image}" in ${path}`,
            wanted: 'a tag other than latest and a digest: name:tag@sha256:<64 hex>',
            next: 'opencore set-image for a service; for anything else its values below environments/',
          })
        }),
}

/**
 * Images of whatever makes pods, and of custom resources, whose operators do. A resource that says nothing leaves it to its
 * operator, whose release pins them.
 */
function listImages({ objects, pods }: ObjectView): Image[] {
  const owners = new Set(pods.map(({ owner }) => owner))
  const named = objects
    .filter((rendered) => owners.has(rendered) || isCustom(rendered))
    .flatMap((owner) => findImages(owner.object, []).map((found) => ({ owner, ...found })))
  const nameless = pods.flatMap(({ owner, path: pod, containers }) =>
    containers
      .filter(({ container }) => asText(container['image']) === undefined)
      .map(({ path }) => ({ owner, image: '', path: `${pod}.${path}.image` })),
  )
  return [...named, ...nameless]
}

function isCustom({ object: { apiVersion, kind } }: RenderedObject): boolean {
  const [group = ''] = apiVersion.split('/')
  return group.includes('.') && !group.endsWith('.k8s.io') && !texts.has(kind)
}

function findImages(value: unknown, path: readonly string[]): Omit<Image, 'owner'>[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => findImages(item, [...path, `[${index}]`]))
  // Where Strimzi pushes what it builds, of which the digest is not known before.
  if (path.join('.') === 'spec.build.output') return []
  const record = asRecord(value)
  return Object.entries(record).flatMap(([key, inner]) => {
    const text = asText(inner)
    const here = [...path, key]
    if (text === undefined) return findImages(inner, here)
    // Of volumes and extensions, and of Strimzi's plugins.
    const isReference = key === 'reference' && (path.at(-1) === 'image' || record['type'] === 'image')
    return fields.test(key) || isReference
      ? [{ image: text, path: here.join('.').replaceAll('.[', '[') }]
      : []
  })
}
