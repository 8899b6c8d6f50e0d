import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../output/refusal.ts'

/** The folder that holds `environments/` and `charts/`: the current one or the nearest above it. */
export function findWorkspace(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'environments')) && existsSync(join(folder, 'charts'))) return folder
    if (folder === dirname(folder)) break
  }
  throw new Refusal([
    {
      code: 'NO_WORKSPACE',
      severity: 'error',
      at: { file: from },
      found: 'neither this folder nor one above it holds environments/ and charts/',
      wanted: 'a checkout of the platform',
      next: 'change into the checkout, then run the command again',
    },
  ])
}
