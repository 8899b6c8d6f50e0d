import { asText } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A reference with a tag and a digest: `registry:5000/path/name:tag@sha256:<64 hex>`; the tag is after the last slash. */
const pinned = /^[^@\s]*?[^/@\s]+:(?<tag>[A-Za-z0-9_][\w.-]{0,127})@sha256:[0-9a-f]{64}$/

export const imagePinned: Rule = {
  id: 'IMAGE_NOT_PINNED',
  reason:
    'A tag alone can be moved to other content; a digest alone hides from people and operators which version runs.',
  check: (cluster) =>
    cluster.tier !== 'production'
      ? []
      : cluster.pods.flatMap((pod) =>
          pod.containers.flatMap(({ container, path }) => {
            const image = asText(container['image']) ?? ''
            const tag = pinned.exec(image.slice(image.lastIndexOf('/') + 1))?.groups?.['tag']
            if (tag !== undefined && tag !== 'latest') return []
            return complain(pod.owner, {
              code: imagePinned.id,
              found: `${describeObject(pod.owner.object)} runs image "${image}" in ${pod.path}.${path}`,
              wanted: 'a tag other than latest and a digest: name:tag@sha256:<64 hex>',
              next: 'add the image with its digest to the table of images',
            })
          }),
        ),
}
