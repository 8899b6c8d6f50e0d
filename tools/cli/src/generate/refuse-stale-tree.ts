import type { Platform } from '@opencore/model'
import { compareFiles } from '../files/compare-files.ts'
import { refuseStale } from '../files/report-changes.ts'
import { refuseInterruptedWrite } from '../files/write-files.ts'
import { listGenerated } from '../workspace/list-generated.ts'
import { planTree } from './plan-tree.ts'

/** Refuse a generated tree that is not what the model says now. */
export async function refuseStaleTree(root: string, platform: Platform): Promise<void> {
  await refuseInterruptedWrite(root)
  const { files } = await planTree(root, platform)
  refuseStale(compareFiles(root, files, await listGenerated(root)), 'opencore generate')
}
