import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { groupOf } from '@opencore/contract'
import { nameKind } from '../applications/prove.ts'
import type { KindRef } from '../kubernetes/kubernetes-object.ts'

/** A stage file and the kind whose status it plays. */
export interface StageFile extends KindRef {
  file: string
}

/** Folders of kwok's own module: kubelets that are always well, with leases instead of heartbeats. */
const SHIPPED = ['pod/fast', 'node/fast', 'node/heartbeat-with-lease']

/** Where stages are, and what is none of theirs. */
export interface StageFolders {
  /** kwok's own module. */
  kwok: string
  /** Of ours. */
  stages: string
  /** Kinds that real operators see to, where nodes are real; nothing where they are simulated. */
  operated?: ReadonlySet<string> | undefined
}

/** Kinds of Kubernetes' own that real nodes see to, or that nobody has there. */
const OF_NODES = new Set(['/Pod', '/Service'])

/**
 * Every stage that is played: kwok's for pods and nodes, and all of ours. Beside real nodes only those of kinds whose
 * operator, or gateway, is not real.
 */
export async function listStages({ kwok, stages, operated }: StageFolders): Promise<StageFile[]> {
  const shipped = operated ? [] : SHIPPED.map((folder) => join(kwok, 'kustomize/stage', folder))
  const folders = [...shipped, stages]
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).sort().map((name) => join(folder, name))),
  )
  const files = names.flat().filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
  const all = await Promise.all(
    files.map(async (file) => {
      const { spec } = parse(await readFile(file, 'utf8')) as Stage
      // kwok's `apiGroup` holds the group and the version.
      return { file, apiVersion: spec.resourceRef.apiGroup, kind: spec.resourceRef.kind }
    }),
  )
  return all.filter((stage) => {
    const kind = nameKind({ kind: stage.kind, group: groupOf(stage) })
    return operated === undefined || !(OF_NODES.has(kind) || operated.has(kind))
  })
}

interface Stage {
  spec: { resourceRef: { apiGroup: string; kind: string } }
}
