import type { Report } from '@opencore/toolchain'
import { POSTGRES, unpackImage } from '@opencore/toolchain/debian'
import type { ImageSpec } from '@opencore/images'
import { nameImage } from './name-image.ts'

/** The user of CloudNativePG's own images, as whom its pods run. */
const ACCOUNTS = {
  'etc/passwd': { text: 'root:x:0:0::/root:/bin/sh\npostgres:x:26:26::/var/lib/postgresql:/bin/sh\n' },
  'etc/group': { text: 'root:x:0:\npostgres:x:26:\n' },
  'etc/nsswitch.conf': { text: 'passwd: files\ngroup: files\nhosts: files dns\n' },
}

/**
 * PostgreSQL of Debian, as an operator wants it: every program on the PATH, and the user that its pods run as.
 * @param reference as pods ask for it, `<repository>:<tag>@<digest>` or without the digest, which is not this image's own
 */
export async function postgresImage(reference: string, report: Report): Promise<ImageSpec> {
  const names = nameImage(reference)
  if (!/:18\b/.test(names.name))
    throw new Error(`${names.name} is not PostgreSQL 18, which is what nodes have`)
  const root = await unpackImage(POSTGRES, report)
  return {
    ...names,
    root,
    files: ACCOUNTS,
    entrypoint: ['/usr/lib/postgresql/18/bin/postgres'],
    user: '26:26',
    environment: { PATH: '/usr/lib/postgresql/18/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
  }
}
