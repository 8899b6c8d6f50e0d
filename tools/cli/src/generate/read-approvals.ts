import { approvedChangesPath, tombstonesPath } from '@opencore/plan'
import { join } from 'node:path'
import { readBytesIfPresent } from '../files/read-if-present.ts'

/** The bytes of the file of approved changes, if there is one. */
export const readApprovals = (root: string) => readBytesIfPresent(join(root, approvedChangesPath))

/** The bytes of the file of approved deletions, if there is one. */
export const readTombstoneFile = (root: string) => readBytesIfPresent(join(root, tombstonesPath))
