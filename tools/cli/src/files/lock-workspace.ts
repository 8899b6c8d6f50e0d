import type { Finding } from '@opencore/contract'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { withFolderLock } from './lock-folder.ts'

/** Run an action while no other `opencore` writes to this workspace. */
export async function withWorkspaceLock<T>(root: string, action: () => Promise<T>): Promise<T> {
  const folder = join(root, '.opencore')
  await mkdir(folder, { recursive: true })
  return withFolderLock(folder, busy, action, { owner: join(folder, 'lock.owner.json') })
}

const busy: Finding = {
  code: 'BUSY',
  severity: 'error',
  at: { file: '.opencore.lock' },
  found: 'another opencore is writing to this workspace',
  wanted: 'one writer at a time',
  next: 'wait until it ends, then run the same command again',
}
