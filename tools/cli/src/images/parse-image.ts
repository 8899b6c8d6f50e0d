import type { Finding } from '@opencore/contract'
import { imageSchema, type Image } from '@opencore/model'
import { Refusal } from '../output/refusal.ts'

/** `<tag>@<digest>` as a registry says it. Refuses anything else (IMAGE_ARGUMENT), with every reason. */
export function parseImage(text: string): Image {
  const [tag = '', digest, ...rest] = text.split('@')
  if (digest === undefined || rest.length > 0) throw new Refusal([withoutDigest(text)])
  const { error, data } = imageSchema.safeParse({ tag, digest })
  if (!error) return data
  throw new Refusal(
    error.issues.map(({ path: [key] }) =>
      key === 'digest'
        ? refuse(`\`${digest}\` is no digest`, 'sha256: and 64 hexadecimal digits')
        : badTag(tag),
    ),
  )
}

const next = 'take both as the registry said them when the image was pushed'

const refuse = (found: string, wanted: string): Finding => ({
  code: 'IMAGE_ARGUMENT',
  severity: 'error',
  at: { file: 'image' },
  found,
  wanted,
  next,
})

const withoutDigest = (text: string) =>
  refuse(`\`${text}\` has no digest`, '<tag>@<digest>: a tag can be moved, a digest cannot')

const badTag = (tag: string) =>
  refuse(
    `\`${tag}\` is no tag of one version`,
    'letters, digits, `_`, `.` and `-`, at most 128, without the repository, and not `latest`',
  )
