import type { JsonObject } from '@opencore/contract'

/** An image as a manifest names it. */
export interface Image {
  repository: string
  tag: string | undefined
  digest: string | undefined
}

/** https://github.com/distribution/reference, for what is in manifests: no upper case, and nothing with spaces. */
const REFERENCE =
  /^(?<repository>[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/

/** Every image that objects name: of containers, and of operators' kinds (`image`, `imageName`, `image.reference`). */
export function listImages(objects: readonly JsonObject[]): Image[] {
  return objects.flatMap(listTexts).flatMap((text) => {
    const { repository, tag, digest } = REFERENCE.exec(text)?.groups ?? {}
    return repository === undefined ? [] : [{ repository, tag, digest }]
  })
}

function listTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listTexts)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const named = key === 'image' || key === 'imageName' ? referenceOf(inner) : undefined
    return typeof named === 'string' ? [named] : listTexts(inner)
  })
}

/** CloudNativePG writes images of extensions as an object. */
const referenceOf = (image: unknown): unknown =>
  typeof image === 'object' && image !== null && 'reference' in image ? image.reference : image
