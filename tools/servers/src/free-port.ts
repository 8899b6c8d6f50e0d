import getPort from 'get-port'

/** A free port on loopback; get-port remembers what it gave away, so none comes twice. */
export function freePort(): Promise<number> {
  return getPort({ host: '127.0.0.1' })
}
