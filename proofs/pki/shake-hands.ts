import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'

/** What a server has, as cert-manager's Secret says it. */
export interface Served {
  certificate: string
  key: string
}

/**
 * Whether a client that trusts `authorities` alone takes a server's certificate for `name`: nothing, or why not. Both are in
 * this process, on loopback.
 */
export async function shakeHands(
  { certificate, key }: Served,
  authorities: string,
  name: string,
): Promise<string | undefined> {
  const server = createServer({ cert: certificate, key })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = connect({ host: '127.0.0.1', port, ca: authorities, servername: name })
  try {
    return await once(socket, 'secureConnect').then(
      () => undefined,
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    )
  } finally {
    socket.destroy()
    server.close()
  }
}
