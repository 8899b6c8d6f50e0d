import { createHash, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { basename, join } from 'node:path'

/** How a client logs in. */
export interface Credentials {
  username: string
  password: string
}

/**
 * Serve a chart repository on loopback: index.yaml and the packages beside it, read only, to whoever knows the
 * credentials. The folder is flat, so only the last part of a path counts and nothing outside can be reached.
 */
export async function serveCharts(folder: string, port: number, credentials: Credentials): Promise<Server> {
  const server = createServer((request, response) => {
    if (!isAllowed(request.headers.authorization, credentials)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="charts"' }).end()
      return
    }
    const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(folder, name)
    stat(file)
      .then(({ size }) => {
        response.writeHead(200, { 'content-length': size, 'content-type': contentType(name) })
        if (request.method === 'HEAD') response.end()
        else createReadStream(file).pipe(response)
      })
      .catch(() => response.writeHead(404).end())
  })
  server.listen({ host: '127.0.0.1', port })
  await once(server, 'listening')
  return server
}

function isAllowed(header = '', { username, password }: Credentials): boolean {
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  // Of digests, which are as long as each other, so that the time says nothing of what is right.
  return timingSafeEqual(digest(header), digest(wanted))
}

const digest = (text: string) => createHash('sha256').update(text).digest()

const contentType = (name: string) => (name.endsWith('.tgz') ? 'application/gzip' : 'application/yaml')
