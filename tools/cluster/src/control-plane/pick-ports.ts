import getPort from 'get-port'

/** Free loopback ports, one for each name; no two the same. */
export async function pickPorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const ports: Partial<Record<Name, number>> = {}
  // One after another: get-port remembers what it gave away, so none comes twice.
  for (const name of names) ports[name] = await getPort({ host: '127.0.0.1' })
  return ports as Record<Name, number>
}
