import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverAccount } from './server-account.ts'

export interface ScratchFolder {
  /** Absolute path. */
  path: string
  remove: () => Promise<void>
}

/** A new folder below the system's temporary one, which the server's account owns and everybody can read. */
export async function makeScratchFolder(name: string): Promise<ScratchFolder> {
  const path = await mkdtemp(join(tmpdir(), `opencore-${name}-`))
  await chmod(path, 0o755)
  const account = serverAccount()
  if (account) await chown(path, account.uid, account.gid)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
