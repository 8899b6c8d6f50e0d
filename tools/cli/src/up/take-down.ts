import { stopPlatform } from '@opencore/cluster'
import type { Report } from '../output/run-steps.ts'

/** Stop the embedded platform in this folder and remove its data, and what its real nodes leave where it had any. */
export async function takeDown(folder: string, report: Report): Promise<boolean> {
  return stopPlatform(folder, report, async () => (await import('@opencore/nodes')).removeNodes(folder))
}
