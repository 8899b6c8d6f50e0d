import type { Manifest } from '@opencore/renderer'

/**
 * What objects say at a key such as `Cluster.instances`, `Cluster.postgresql.parameters.pg_stat_statements.max` or
 * `Database/app.owner`: a kind, the object's name (its own or that of its spec) where there are several, and a path below
 * `spec`, or below the object where there is none such. An item of a list goes by its name, else by its number.
 */
export function findFact(objects: readonly Manifest[], key: string): unknown {
  for (const object of objects) {
    const { kind, metadata, spec } = object as Manifest & {
      metadata: { name: string }
      spec?: { name?: unknown }
    }
    const heads = [kind, `${kind}/${metadata.name}`, `${kind}/${String(spec?.name)}`]
    for (const head of heads.filter((head) => key.startsWith(`${head}.`))) {
      const path = key.slice(head.length + 1)
      const found = findBelow(spec, path) ?? findBelow(object, path)
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** Keys hold dots, so each key of a map that the path begins with is tried. */
function findBelow(value: unknown, path: string): unknown {
  if (path === '') return value
  for (const [key, inner] of listEntries(value)) {
    if (path !== key && !path.startsWith(`${key}.`)) continue
    const found = findBelow(inner, path.slice(key.length + 1))
    if (found !== undefined) return found
  }
  return undefined
}

function listEntries(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value)) return Object.entries(value)
  return value.flatMap((item: unknown, index) => {
    const name = (item as { name?: unknown } | null)?.name
    const byNumber: [string, unknown] = [String(index), item]
    return typeof name === 'string' ? [[name, item], byNumber] : [byNumber]
  })
}
