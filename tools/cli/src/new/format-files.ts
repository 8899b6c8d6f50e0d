import { join } from 'node:path'
import type { PlannedFile } from '@opencore/contract'
import { format, resolveConfig } from 'prettier'

/** Files as the checkout's own formatter has them, so that its check has nothing to say. */
export async function formatFiles(root: string, files: readonly PlannedFile[]): Promise<PlannedFile[]> {
  return Promise.all(
    files.map(async ({ path, text }) => {
      const filepath = join(root, path)
      const config = await resolveConfig(filepath, { editorconfig: true })
      return { path, text: await format(text, { ...config, filepath }) }
    }),
  )
}
