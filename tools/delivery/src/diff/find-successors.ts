/** A name that ends in a digest of what the object holds: another content makes another object. */
const digested = /^(.+)-[0-9a-f]{8}$/s

/**
 * Which object comes in the stead of one that goes, by their ids: charts name a Job by what it runs, since its pods cannot be
 * changed. Only where one goes and one comes under the same beginning.
 */
export function findSuccessors(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): Map<string, string> {
  const gone = indexByBeginning([...before.keys()].filter((id) => !after.has(id)))
  const come = indexByBeginning([...after.keys()].filter((id) => !before.has(id)))
  return new Map(
    [...gone].flatMap(([beginning, [old, ...others]]): [string, string][] => {
      const [now, ...more] = come.get(beginning) ?? []
      if (old === undefined || now === undefined) return []
      return others.length + more.length === 0 ? [[old, now]] : []
    }),
  )
}

function indexByBeginning(ids: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const id of ids) {
    const [, beginning] = digested.exec(id) ?? []
    if (beginning !== undefined) found.set(beginning, [...(found.get(beginning) ?? []), id])
  }
  return found
}
