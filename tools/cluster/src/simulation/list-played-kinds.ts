import { groupOf } from '@opencore/contract'
import { nameKind } from '../applications/prove.ts'
import { AUTOSCALER } from './operators/play-autoscalers.ts'
import { listStages, type StageFolders } from './list-stages.ts'

/** The kinds whose status is played, as `group/Kind`: those of the stage files, and autoscalers. */
export async function listPlayedKinds(folders: StageFolders): Promise<Set<string>> {
  const stages = await listStages(folders)
  return new Set([...stages, AUTOSCALER].map((each) => nameKind({ kind: each.kind, group: groupOf(each) })))
}
