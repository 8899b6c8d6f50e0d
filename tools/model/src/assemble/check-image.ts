import { findNearName, type Finding, type Position } from '@opencore/contract/findings'
import type { Images } from '../define/images.ts'
import { isMap, type JsonObject, type Path } from '../json.ts'

/**
 * The image of a release against the table of digests. Findings: `IMAGE_UNKNOWN` where the table has no digest and no
 * layer gives one, `IMAGE_DIGEST` where a layer gives another one than the table.
 */
export function checkImage(values: JsonObject, images: Images, locate: (path: Path) => Position): Finding[] {
  const image = isMap(values['image']) ? values['image'] : {}
  const { repository, tag, digest } = image
  if (typeof repository !== 'string' || typeof tag !== 'string') return []
  const reference = `${repository}:${tag}`
  const known = Object.hasOwn(images, reference) ? images[reference] : undefined
  if (digest === undefined) return [unknownImage(reference, images, locate(['image', 'tag']))]
  if (known === undefined || known === digest) return []
  return [
    {
      code: 'IMAGE_DIGEST',
      severity: 'error',
      at: locate(['image', 'digest']),
      found: `\`image.digest\` is not the digest of ${reference}`,
      wanted: `${known}, as in environments/images.ts`,
      next: 'take the digest out, or correct the table',
    },
  ]
}

function unknownImage(reference: string, images: Images, at: Position): Finding {
  const near = findNearName(reference, Object.keys(images))
  return {
    code: 'IMAGE_UNKNOWN',
    severity: 'error',
    at,
    found: `the image ${reference} has no digest`,
    wanted: `a line for it in environments/images.ts`,
    next: near ? `add the line, or use ${near}` : 'push the image and add the digest that the registry says',
  }
}
