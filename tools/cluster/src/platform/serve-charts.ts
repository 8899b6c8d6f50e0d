import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { basename, join } from 'node:path'

/**
 * Serve a chart repository on loopback: index.yaml and the packages beside it, read only.
 * The folder is flat, so only the last part of a path counts and nothing outside can be reached.
 */
export async function serveCharts(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
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

const contentType = (name: string) => (name.endsWith('.tgz') ? 'application/gzip' : 'application/yaml')
