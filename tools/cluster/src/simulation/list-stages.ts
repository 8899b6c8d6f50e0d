import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { KindRef } from '../kubernetes/kubernetes-object.ts'

/** A stage file and the kind whose status it plays. */
export interface StageFile extends KindRef {
  file: string
}

/** Folders of kwok's own module: kubelets that are always well, with leases instead of heartbeats. */
const SHIPPED = ['pod/fast', 'node/fast', 'node/heartbeat-with-lease']

/** Every stage that is played: kwok's for pods and nodes, and all of ours. */
export async function listStages({ kwok, stages }: { kwok: string; stages: string }): Promise<StageFile[]> {
  const folders = [...SHIPPED.map((folder) => join(kwok, 'kustomize/stage', folder)), stages]
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).sort().map((name) => join(folder, name))),
  )
  const files = names.flat().filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
  return Promise.all(
    files.map(async (file) => {
      const { spec } = parse(await readFile(file, 'utf8')) as Stage
      // kwok's `apiGroup` holds the group and the version.
      return { file, apiVersion: spec.resourceRef.apiGroup, kind: spec.resourceRef.kind }
    }),
  )
}

interface Stage {
  spec: { resourceRef: { apiGroup: string; kind: string } }
}
