import { readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '@opencore/contract'
import { listTree, type TreeEntry } from '../files/list-tree.ts'
import { Refusal } from '../output/refusal.ts'

/** Every file below `environments/`. Refuses what is none where one belongs (SOURCE_NO_FILE). */
export async function listSources(root: string): Promise<string[]> {
  const entries = (await listTree(root, 'environments')).filter(
    ({ path }) => !path.split('/').includes('node_modules'),
  )
  const findings = await Promise.all(entries.map((entry) => checkEntry(root, entry)))
  if (findings.flat().length > 0) throw new Refusal(findings.flat())
  return entries.flatMap(({ path, kind }) => (kind === 'file' ? [path] : []))
}

async function checkEntry(root: string, { path, kind }: TreeEntry): Promise<Finding[]> {
  const noFile = (found: string, wanted: string, next: string): Finding[] => [
    { code: 'SOURCE_NO_FILE', severity: 'error', at: { file: path }, found, wanted, next },
  ]
  if (kind === 'link')
    return noFile(
      `it is a link to ${await readlink(join(root, path))}`,
      'a file: what a link leads to changes without a review of this path',
      'put the file itself here',
    )
  if (kind === 'other') return noFile('it is neither a file nor a folder', 'a file', 'move it away')
  if (kind === 'folder' && /^environments\/[^/]+\/overrides\/./.test(path))
    return noFile('it is a folder', 'one file for each release: <release>.yaml', 'move the folder away')
  return []
}
