import { cacheFolder, workspaceRoot } from '@opencore/toolchain'
import { join } from 'node:path'

/**
 * Where the judge of a checkout keeps its servers' data and their logs. Each checkout has servers of its own: to stop
 * them, or to start others for other definitions, takes nothing away from anybody else.
 */
export function judgeFolder(root = workspaceRoot()): string {
  return join(root, '.opencore', 'judge')
}

/** Where verdicts are kept, by content and therefore for every checkout. */
export function verdictsFolder(): string {
  return join(cacheFolder(), 'judge', 'verdicts')
}
