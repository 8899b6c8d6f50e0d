import type { PlannedFile } from '@opencore/contract'

/** Planned files by the environment whose ref they are committed to: `argocd/<environment>/...`. */
export function groupByEnvironment(
  files: readonly PlannedFile[],
  environments: readonly string[],
): Record<string, PlannedFile[]> {
  return Object.fromEntries(
    environments.map((name) => [name, files.filter(({ path }) => path.startsWith(`argocd/${name}/`))]),
  )
}
