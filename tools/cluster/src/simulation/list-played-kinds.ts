import { groupOf } from '@opencore/contract'
import { nameKind } from '../applications/prove.ts'
import { listStages } from './list-stages.ts'

/** The kind whose status is played here without a stage: operators/play-autoscalers.ts. */
const AUTOSCALER = 'autoscaling/HorizontalPodAutoscaler'

/** The kinds whose status is played, as `group/Kind`: those of the stage files, and autoscalers. */
export async function listPlayedKinds(folders: { kwok: string; stages: string }): Promise<Set<string>> {
  const stages = await listStages(folders)
  return new Set([
    ...stages.map((stage) => nameKind({ kind: stage.kind, group: groupOf(stage) })),
    AUTOSCALER,
  ])
}
