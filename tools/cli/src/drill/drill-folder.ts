import { join } from 'node:path'
import { platformFolder } from '../workspace/platform-folder.ts'

/** Where a checkout's drills have what they start: one at a time, and what was killed is found by the next. */
export function drillFolder(root: string): { folder: string; nodes: string } {
  const folder = `${platformFolder(root)}-drill`
  return { folder, nodes: join(folder, 'nodes') }
}
