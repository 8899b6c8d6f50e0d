import type { ImageSpec } from '@opencore/images'

/**
 * What an image is called on a node.
 * @param reference as pods ask for it, `<repository>:<tag>@<digest>` or without the digest, which is not this image's own
 */
export function nameImage(reference: string): Required<Pick<ImageSpec, 'name' | 'aliases'>> {
  const [name = '', digest] = reference.split('@')
  return { name, aliases: digest === undefined ? [] : [`${name.replace(/:[^/:]*$/, '')}@${digest}`] }
}
