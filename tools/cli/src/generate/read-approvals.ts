import { approvedChangesPath, tombstonesPath } from '@opencore/plan'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../files/read-if-present.ts'

/** The bytes of the file of approved changes, if there is one. */
export const readApprovals = (root: string) => readBytes(join(root, approvedChangesPath))

/** The bytes of the file of approved deletions, if there is one. */
export const readTombstoneFile = (root: string) => readBytes(join(root, tombstonesPath))

async function readBytes(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
