import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Issuer } from '../certificates.ts'
import { freePort } from '../free-port.ts'
import { makeScratchFolder } from '../scratch-folder.ts'
import { giveToServer } from '../server-account.ts'
import { startServer } from '../start-server.ts'
import { localiseOpenBao } from './localise.ts'
import type { OpenBaoInstallation } from './install-openbao.ts'
import { askOpenBao, type OpenBaoAddress, type OpenBaoAnswer, type OpenBaoRequest } from './openbao-client.ts'

/** What is said of a server. */
export interface OpenBaoSettings {
  /**
   * Its configuration files by name, as a container has them: below `/openbao` are `data`, `tls` with tls.crt, tls.key and
   * ca.crt, `seal` with `key`, and `audit`; it listens on 8200 and 8201. All become folders and ports of the test's.
   */
  configuration: Readonly<Record<string, string>>
  issuer: Issuer
  env?: Readonly<Record<string, string>>
  /** Further files, by their path below `/openbao`. */
  files?: Readonly<Record<string, string>>
}

export interface OpenBao extends OpenBaoAddress {
  /** Its `/openbao`. */
  folder: string
  ask: (request: OpenBaoRequest) => Promise<OpenBaoAnswer>
  /** All lines of its audit device, which is the file `audit/audit.log`. */
  readAudit: () => Promise<string>
  output: () => string
  /** Ends the process; it can be started again on the same data. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/** Start OpenBao with raft on loopback and wait until it is unsealed and leads. */
export async function startOpenBao(
  { command }: OpenBaoInstallation,
  { configuration, issuer, env = {}, files = {} }: OpenBaoSettings,
): Promise<OpenBao> {
  const { path: folder, remove } = await makeScratchFolder('openbao-server')
  const [port, clusterPort] = [await freePort(), await freePort()]
  for (const name of ['data', 'seal', 'config', 'audit']) await mkdir(join(folder, name))
  await issuer.write(join(folder, 'tls'), ['localhost'])
  await writeFile(join(folder, 'seal', 'key'), randomBytes(32))
  for (const [name, text] of Object.entries(configuration))
    await writeFile(join(folder, 'config', name), localiseOpenBao(text, { folder, port, clusterPort }))
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
  await giveToServer(folder)
  const address = { port, authority: await readFile(join(folder, 'tls', 'ca.crt'), 'utf8') }
  const start = () =>
    startServer({
      name: 'OpenBao',
      command,
      args: ['server', `-config=${join(folder, 'config')}`],
      cwd: folder,
      env: {
        BAO_RAFT_NODE_ID: 'one',
        BAO_API_ADDR: `https://localhost:${port}`,
        BAO_CLUSTER_ADDR: `https://127.0.0.1:${clusterPort}`,
        ...env,
      },
      ready: async () => (await askOpenBao(address, { method: 'GET', path: 'sys/health' })).status === 200,
    }).catch(async (error: unknown) => {
      await remove()
      throw error
    })
  let server = await start()
  return {
    ...address,
    folder,
    ask: (request) => askOpenBao(address, request),
    readAudit: () => readFile(join(folder, 'audit', 'audit.log'), 'utf8'),
    output: () => server.output(),
    restart: async () => {
      await server.stop()
      server = await start()
    },
    stop: async () => {
      await server.stop()
      await remove()
    },
  }
}
