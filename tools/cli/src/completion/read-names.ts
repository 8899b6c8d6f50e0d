import { existsSync, readdirSync, readFileSync } from 'node:fs'
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
    hubs: () => [...new Set(environments.flatMap((name) => readHub(join(root, 'argocd', name))))].sort(),
    releases: (environment) => listFiles(`argocd/${environment}/values`),
    services: () => listFiles('environments/images'),
    data: () => listFiles('environments/data', '.ts'),
    teams: () => listFiles('environments/teams', '.ts'),
  }
}

/** The ref that Argo CD reads an environment's own objects from, as its bootstrap has it. */
function readHub(folder: string): string[] {
  const path = join(folder, 'bootstrap.yaml')
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return /refs\/heads\/(hub\/[\w.-]+)/.exec(text)?.slice(1) ?? []
}
