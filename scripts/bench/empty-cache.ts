import { cacheFolder } from '@opencore/toolchain'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { path } from 'zx'

/** Nothing that was rendered, judged or linted is known in it; the tools and the API's definitions are the user's. */
export async function emptyCache(scratch: string): Promise<string> {
  const cache = path.join(scratch, 'cache')
  await rm(cache, { recursive: true, force: true })
  await mkdir(cache, { recursive: true })
  for (const kept of ['bin', 'apis']) await symlink(path.join(cacheFolder(), kept), path.join(cache, kept))
  return cache
}
