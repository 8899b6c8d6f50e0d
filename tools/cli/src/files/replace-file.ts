import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder, writeSynced } from './write-synced.ts'

/** Put a file in the place of another: killed at any moment it is the old one or the new one, and then stays. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.opencore-new`
  await writeSynced(beside, content)
  await rename(beside, path)
  await syncFolder(dirname(path))
}
