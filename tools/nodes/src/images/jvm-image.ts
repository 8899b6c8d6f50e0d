import { buildImage, facts, jvmRecipe, type JvmService } from '@opencore/images'
import type { Report } from '@opencore/toolchain'
import type { ImageSpec } from '@opencore/images'
import { nameImage } from './name-image.ts'

/**
 * A service in Java, made as its Dockerfile says; `facts` stands for those of the bank.
 * @param reference as pods ask for it, `<repository>:<tag>@<digest>` or without the digest, which is not this image's own
 */
export async function jvmImage(
  reference: string,
  report: Report,
  service: JvmService = facts,
): Promise<ImageSpec & { root: string }> {
  return { ...nameImage(reference), files: {}, ...(await buildImage(jvmRecipe(service), report)) }
}
