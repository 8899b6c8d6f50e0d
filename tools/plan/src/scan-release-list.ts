/** What `argocd/<environment>/releases.yaml` says, and on which line each release begins. */
export interface ReleaseList {
  kubernetesVersion: string
  deletion: string
  releases: ListedRelease[]
}

/** One release of the list; its map begins in column 5. */
export interface ListedRelease {
  release: string
  chart: string
  purpose: string
  namespace: string
  line: number
}

const head = ['environment', 'hub', 'kubernetesVersion', 'deletion'] as const
const fields = ['release', 'chart', 'purpose', 'namespace'] as const

/**
 * Read a list in the very form in which the plan prints it, a hundred times as fast as YAML is read. Nothing for any
 * other text, which may mean the same: that is for a reader of YAML to say.
 */
export function scanReleaseList(text: string): ReleaseList | undefined {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => !line.startsWith('# '))
  const listed = first + head.length + 1
  const top = readFields(lines.slice(first, first + head.length), head, '')
  if (!top || lines[listed - 1] !== 'releases:' || lines.at(-1) !== '') return undefined
  const releases: ListedRelease[] = []
  for (let index = listed; index < lines.length - 1; index += fields.length) {
    const [start = '', ...rest] = lines.slice(index, index + fields.length)
    if (!start.startsWith('  - ')) return undefined
    const read = readFields([start.replace('-', ' '), ...rest], fields, '    ')
    if (!read) return undefined
    releases.push({ ...read, line: index + 1 })
  }
  return releases.length === 0 ? undefined : { ...top, releases }
}

/** Words that no reader of YAML takes for anything else than text, or text in quotes without an escape. */
const word = /^(?:(?!(?:true|false|null)$)[a-z][-a-z0-9]*|"[-a-z0-9.]*")$/i

function readFields<K extends string>(
  lines: readonly string[],
  keys: readonly K[],
  indent: string,
): Record<K, string> | undefined {
  if (lines.length !== keys.length) return undefined
  const entries = keys.map((key, index) => {
    const line = lines[index] ?? ''
    const before = `${indent}${key}: `
    const value = line.slice(before.length)
    return line.startsWith(before) && word.test(value) ? [key, value.replaceAll('"', '')] : undefined
  })
  return entries.includes(undefined)
    ? undefined
    : (Object.fromEntries(entries as string[][]) as Record<K, string>)
}
