import { groupOf } from '@opencore/contract'
import { nameKind } from '../applications/prove.ts'
import { listStages } from './list-stages.ts'

/** The kinds whose status a stage plays, as `group/Kind`; read from the stage files, which are the only list. */
export async function listPlayedKinds(folders: { kwok: string; stages: string }): Promise<Set<string>> {
  const stages = await listStages(folders)
  return new Set(stages.map((stage) => nameKind({ kind: stage.kind, group: groupOf(stage) })))
}
