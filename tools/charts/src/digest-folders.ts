import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { glob } from 'tinyglobby'

/** SHA-256 over the paths and bytes of every file of these folders: another digest, another result. */
export async function digestFolders(root: string, folders: readonly string[]): Promise<string> {
  const patterns = folders.map((folder) => `${folder}/**`)
  const files = (await glob(patterns, { cwd: root, dot: true })).sort()
  const hash = createHash('sha256')
  for (const file of files) {
    // Waiting for each of many small files takes ten times as long as reading them.
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** SHA-256 of texts, each apart from its neighbours. */
export function digestTexts(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex')
}
