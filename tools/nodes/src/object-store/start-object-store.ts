import { layOut, startReady } from '@opencore/cluster'
import { issue, makeAuthority } from '@opencore/cluster/certificates'
import { ensureTools, type Report } from '@opencore/toolchain'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { get } from 'node:https'
import type { ObjectStore } from './object-store.ts'

const PORT = 7070
const TOOL = 'versitygw'
const HEALTH = '/health'

/**
 * Start a store of objects beside the nodes of a platform, as a cloud has one: a server of S3 (versitygw) on this machine, over
 * TLS, at the address where nodes reach API servers. It carries the platform's marker and writes into its folder, so that
 * `removeNodes` ends it, and it is lost with no node.
 */
export async function startObjectStore(
  folder: string,
  { host, buckets }: { host: string; buckets: readonly string[] },
  report: Report,
): Promise<ObjectStore> {
  const tools = await ensureTools([TOOL], report)
  const layout = layOut(folder)
  const own = join(layout.data, 'objects')
  for (const bucket of buckets) await mkdir(join(own, 'buckets', bucket), { recursive: true, mode: 0o700 })
  const authority = await makeAuthority('opencore-object-store')
  const { certificate, key } = await issue(authority, `CN=${host}`, [{ type: 'ip', value: host }])
  const files = { certificate: join(own, 'tls.crt'), key: join(own, 'tls.key') }
  await writeFile(files.certificate, certificate)
  await writeFile(files.key, key, { mode: 0o600 })
  const store: ObjectStore = {
    host,
    port: PORT,
    authority: authority.certificate.toString('pem'),
    keyId: randomBytes(10).toString('hex'),
    key: randomBytes(20).toString('hex'),
  }
  await startReady(
    {
      name: TOOL,
      command: tools[TOOL] ?? '',
      args: [
        ...['--port', `${host}:${PORT}`, '--region', 'us-east-1', '--health', HEALTH, '--quiet'],
        ...['--cert', files.certificate, '--key', files.key, 'posix', join(own, 'buckets')],
      ],
      // Not among its words, which everybody on this machine can read.
      env: { ROOT_ACCESS_KEY: store.keyId, ROOT_SECRET_KEY: store.key },
      ready: () => answers(store),
    },
    { logs: layout.logs, marker: layout.marker },
  )
  return store
}

function answers({ host, port, authority }: ObjectStore): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get({ host, port, path: HEALTH, ca: authority }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).on('error', reject)
  })
}
