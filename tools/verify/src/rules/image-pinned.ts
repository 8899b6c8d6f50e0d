import type { ObjectView } from '../object-view.ts'
import { asRecord, asText } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A reference with a tag and a digest: `registry:5000/path/name:tag@sha256:<64 hex>`; the tag is after the last slash. */
const pinned = /^[^@\s]*?[^/@\s]+:(?<tag>[A-Za-z0-9_][\w.-]{0,127})@sha256:[0-9a-f]{64}$/

/** Catalogues of CloudNativePG make nothing themselves; clusters take their images from there. */
const catalogues = new Set(['ImageCatalog', 'ClusterImageCatalog'])

/** Where resources of operators write images: CloudNativePG in `imageName`, all others in `image`, at any depth. */
const fields = new Set(['image', 'imageName'])

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
      : [...listPodImages(cluster), ...listOperatorImages(cluster)].flatMap(({ owner, image, path }) => {
          const tag = pinned.exec(image.slice(image.lastIndexOf('/') + 1))?.groups?.['tag']
          if (tag !== undefined && tag !== 'latest') return []
          return complain(owner, {
            code: imagePinned.id,
            found: `${describeObject(owner.object)} runs image "${image}" in ${path}`,
            wanted: 'a tag other than latest and a digest: name:tag@sha256:<64 hex>',
            next: 'add the image with its digest to the table of images',
          })
        }),
}

function listPodImages({ pods }: ObjectView): Image[] {
  return pods.flatMap(({ owner, path: pod, containers }) =>
    containers.map(({ container, path }) => ({
      owner,
      image: asText(container['image']) ?? '',
      path: `${pod}.${path}`,
    })),
  )
}

/** What the resources of operators say of images. One that says nothing leaves it to its operator, whose release pins them. */
function listOperatorImages({ objects, made }: ObjectView): Image[] {
  const makers = new Set(made.map(({ maker }) => maker))
  return objects
    .filter((rendered) => makers.has(rendered) || catalogues.has(rendered.object.kind))
    .flatMap((owner) => listImages(owner.object['spec'], 'spec').map((found) => ({ owner, ...found })))
}

function listImages(value: unknown, path: string): Omit<Image, 'owner'>[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => listImages(item, `${path}[${index}]`))
  return Object.entries(asRecord(value)).flatMap(([key, inner]) => {
    const image = fields.has(key) ? asText(inner) : undefined
    const here = `${path}.${key}`
    return image === undefined ? listImages(inner, here) : [{ image, path: here }]
  })
}
