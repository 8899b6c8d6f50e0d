import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Run an action in a copy of some folders of the workspace, with the same layout, that is gone
 * afterwards: helm writes dependencies and lock files into the charts it works on.
 */
export async function inScratchTree<T>(
  root: string,
  folders: readonly string[],
  action: (scratch: string) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-chart-'))
  try {
    for (const folder of folders) await cp(join(root, folder), join(scratch, folder), { recursive: true })
    return await action(scratch)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
