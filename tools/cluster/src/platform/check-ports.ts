import type { Finding } from '@opencore/contract'
import { createServer } from 'node:net'
import { findPortOwner } from './find-port-owner.ts'
import type { Layout } from './layout.ts'

/** One finding for each of these ports that somebody listens on. */
export async function checkPorts(
  layout: Layout,
  ports: Readonly<Record<string, number>>,
): Promise<Finding[]> {
  const checks = Object.entries(ports).map(async ([name, port]): Promise<Finding[]> => {
    if (await isFree(port)) return []
    const owner = await findPortOwner(port)
    return [
      {
        code: 'PORT_IN_USE',
        severity: 'error',
        at: { file: layout.ports },
        found: `port ${port}, recorded for ${name}, is in use by ${owner ?? 'a process that this user may not see'}`,
        wanted: 'the ports of the first `opencore up`, free',
        next: `stop that process, or delete ${layout.ports} to have other ports picked`,
      },
    ]
  })
  return (await Promise.all(checks)).flat()
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
