import { join } from 'node:path'
import { readYaml } from '@opencore/contract'
import { assemblePlatform, imagePath, type Image, type PlatformInput } from '@opencore/model'
import { withWorkspaceLock } from '../files/lock-workspace.ts'
import { replaceFile } from '../files/replace-file.ts'
import { refuseInterruptedWrite } from '../files/write-files.ts'
import { Refusal } from '../output/refusal.ts'
import { findNamed } from '../releases/find-named.ts'
import { readPlatformInput } from '../workspace/load-platform.ts'
import { editImage } from './edit-image.ts'
import { imageHeadline } from './image-headline.ts'

/** What was written, or already there. */
export interface ImageChange {
  service: string
  /** Path of the image's file in the workspace. */
  file: string
  before: Partial<Image>
  after: Image
  changed: boolean
}

/**
 * Write what a service runs. The platform is assembled with it first, so what is refused is not written; the file is the old
 * one or the new one at every moment.
 * @param allowMovedTag take another digest for the tag that is there
 */
export async function setImage(
  root: string,
  service: string,
  after: Image,
  allowMovedTag: boolean,
): Promise<ImageChange> {
  await refuseInterruptedWrite(root)
  return withWorkspaceLock(root, async () => {
    const input = await readPlatformInput(root)
    findNamed(listServices(input), [service], (name) => name, 'service', '<service>')
    const file = imagePath(service)
    const bytes = input.images.find((image) => image.service === service)?.bytes ?? new Uint8Array()
    const before = readImage(bytes, file, after, allowMovedTag)
    const unchanged = before.tag === after.tag && before.digest === after.digest
    if (unchanged) return { service, file, before, after, changed: false }
    const old = new TextDecoder().decode(bytes)
    const text = editImage(old === '' ? imageHeadline(service) : old, after)
    refuseUnsound(input, { file, service, bytes: new TextEncoder().encode(text) })
    await replaceFile(join(root, file), text)
    return { service, file, before, after, changed: true }
  })
}

/** Names of the services that there are; a definition that is none is named by the model. */
function listServices({ modules }: PlatformInput): string[] {
  return Object.entries(modules)
    .filter(([file]) => /^environments\/services\/[^/]+\.ts$/.test(file))
    .flatMap(([, exported]) => Object.values(exported))
    .flatMap((definition) => {
      const { name } = (definition ?? {}) as { name?: unknown }
      return typeof name === 'string' ? [name] : []
    })
    .sort()
}

/** What the file says now. Refuses YAML that is none, and another digest for the same tag (TAG_MOVED). */
function readImage(bytes: Uint8Array, file: string, wanted: Image, allowMovedTag: boolean): Partial<Image> {
  const yaml = readYaml(bytes, file)
  if (!yaml.ok) throw new Refusal(yaml.findings)
  const { tag, digest } = yaml.value.value
  const before = { ...(typeof tag === 'string' && { tag }), ...(typeof digest === 'string' && { digest }) }
  if (
    !allowMovedTag &&
    before.tag === wanted.tag &&
    before.digest !== undefined &&
    before.digest !== wanted.digest
  )
    throw new Refusal([
      {
        code: 'TAG_MOVED',
        severity: 'error',
        at: yaml.value.locate('/digest'),
        found: `${wanted.tag} is ${before.digest} here, and now ${wanted.digest}`,
        wanted: 'one digest for a tag: who pushes other contents under it changes what its name says',
        next: 'push the image under a tag of its own, or say --allow-moved-tag',
      },
    ])
  return before
}

function refuseUnsound(input: PlatformInput, image: PlatformInput['images'][number]): void {
  const others = input.images.filter(({ service }) => service !== image.service)
  const platform = assemblePlatform({ ...input, images: [...others, image] })
  if (!platform.ok) throw new Refusal(platform.findings)
}
