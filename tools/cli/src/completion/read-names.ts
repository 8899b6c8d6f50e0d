import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Names } from './list-candidates.ts'

/** Names as files have them that `opencore generate` wrote: the model takes a second to load, and these are listed at once. */
export function readNames(root: string): Names {
  const listFiles = (folder: string, end = '.yaml') =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .filter((name) => name.endsWith(end))
          .map((name) => name.slice(0, -end.length))
      : []
  const environments = readdirSync(join(root, 'argocd')).filter((name) =>
    existsSync(join(root, 'argocd', name, 'values')),
  )
  return {
    environments: () => environments,
    releases: (environment) => listFiles(`argocd/${environment}/values`),
    services: () => listFiles('environments/images'),
    data: () => listFiles('environments/data', '.ts'),
    teams: () => listFiles('environments/teams', '.ts'),
  }
}
