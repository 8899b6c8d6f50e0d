import type { Finding } from '@opencore/contract/findings'

/**
 * Findings for people: what is the same of one file in several environments is said once, with the file as a shell names all of
 * them: `argocd/{dev,staging}/values/foundation.yaml`.
 */
export function joinEnvironments(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, { first: Finding; names: string[] }>()
  for (const finding of findings) {
    const { environment, path } = split(finding)
    const { at, ...said } = finding
    const key = JSON.stringify([environment === undefined, path, at.line, at.column, said])
    const group = groups.get(key) ?? { first: finding, names: [] }
    if (environment !== undefined && !group.names.includes(environment)) group.names.push(environment)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ first, names }) =>
    names.length < 2 ? first : { ...first, at: { ...first.at, file: join(names, split(first).path) } },
  )
}

const join = (names: readonly string[], path: string) => `argocd/{${names.join(',')}}/${path}`

/** Of a generated file its environment, and the rest. */
function split({ at }: Finding): { environment?: string; path: string } {
  const [, environment, path] = /^argocd\/([^/]+)\/(.+)$/.exec(at.file) ?? []
  return environment === undefined || path === undefined ? { path: at.file } : { environment, path }
}
