import { isPlatformsOwn, openContext, readKubeconfig } from '@opencore/cluster'
import { Refusal } from '../output/refusal.ts'

/** The embedded platform gets its releases with `opencore up`, from refs of its own. */
export async function refuseOwnPlatform(folder: string, context: string): Promise<void> {
  const access = await openContext(await readKubeconfig(), context)
  if (!(await isPlatformsOwn(folder, access))) return
  throw new Refusal([
    {
      code: 'CONTEXT_EMBEDDED',
      severity: 'error',
      at: { file: `--context ${context}` },
      found: 'it reaches the embedded platform of this checkout',
      wanted: 'a hub of its own',
      next: 'opencore up, without --context, is for the embedded platform',
    },
  ])
}
