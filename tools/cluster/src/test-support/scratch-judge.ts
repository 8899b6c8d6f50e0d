import { ensureTools } from '@opencore/toolchain'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJudge, type Judge } from '../judge/judge.ts'
import { stopJudge } from '../judge/stop-judge.ts'
import type { Definition } from '../kubernetes/apply-definitions.ts'

const silent = () => undefined

/** A judge in a folder of its own that has judged nothing yet, and what takes both away again. */
export async function startScratchJudge(
  definitions: readonly Definition[],
): Promise<{ judge: Judge; folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'judge-'))
  const tools = await ensureTools(['etcd', 'kube-apiserver'], silent)
  const judge = createJudge({
    tools: { etcd: tools['etcd'] ?? '', apiServer: tools['kube-apiserver'] ?? '' },
    definitions,
    report: silent,
    folder,
    verdicts: join(folder, 'verdicts'),
  })
  const remove = async () => {
    await judge.close()
    await stopJudge(folder)
    await rm(folder, { recursive: true })
  }
  return { judge, folder, remove }
}
