import type { Finding, Position } from '@opencore/contract/findings'
import type { Image } from '../define/image.ts'
import { isMap, type JsonObject, type Path } from '../json.ts'
import type { Layer } from './layer.ts'

/**
 * The image of a release where stronger layers change it: a digest goes with its tag. Findings: `IMAGE_UNKNOWN` where
 * only the tag is another one, `IMAGE_DIGEST` where only the digest is.
 */
export function checkImage(
  values: JsonObject,
  layers: readonly Layer[],
  locate: (path: Path) => Position,
): Finding[] {
  const layer = layers.find(({ kind }) => kind === 'image')
  const { repository, tag, digest } = isMap(values['image']) ? values['image'] : {}
  if (!layer || typeof repository !== 'string' || typeof tag !== 'string') return []
  const own = layer.values['image'] as Image
  if ((tag === own.tag) === (digest === own.digest)) return []
  const { file } = layer.places?.get('image.tag') ?? layer.place
  const reference = `${repository}:${tag}`
  if (tag === own.tag)
    return [
      {
        code: 'IMAGE_DIGEST',
        severity: 'error',
        at: locate(['image', 'digest']),
        found: `\`image.digest\` is not the digest of ${reference}`,
        wanted: `${own.digest}, as in ${file}`,
        next: 'take the digest out, or set its tag beside it',
      },
    ]
  return [
    {
      code: 'IMAGE_UNKNOWN',
      severity: 'error',
      at: locate(['image', 'tag']),
      found: `the image ${reference} has no digest`,
      wanted: `\`image.digest\` beside the tag; that of ${own.tag} is in ${file}`,
      next: 'push the image and add the digest that the registry says, or take the tag out',
    },
  ]
}
