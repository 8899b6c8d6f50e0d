import {
  freePort,
  localiseOpenBao,
  makeIssuer,
  makeScratchFolder,
  giveToServer,
  serverAccount,
  type OpenBaoInstallation,
} from '@opencore/servers'
import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { renderVault } from './render-vault.ts'

/** The plugin of a case. */
export const command = 'openbao-plugin-kms-of-nobody'

/** A program that says nothing that OpenBao understands, where it expects the plugin. */
const program = '#!/bin/sh\necho not-a-plugin\n'

/** SHA-256 of that program. */
export const digest = createHash('sha256').update(program).digest('hex')

/**
 * Start a server by what the chart makes of a seal whose key nobody has.
 * @param withPlugin whether there is a file of the plugin's name in its folder
 * @returns all that it said until it ended
 */
export async function trySeal(
  { command: bao }: OpenBaoInstallation,
  seal: { type: string },
  { withPlugin }: { withPlugin: boolean },
): Promise<string> {
  const { server } = await renderVault({
    tier: 'development',
    replicas: 1,
    tls: { issuerRef: { name: 'banking-ca' } },
    seal,
  })
  const { path: folder, remove } = await makeScratchFolder('vault-seal')
  try {
    for (const name of ['data', 'plugins']) await mkdir(join(folder, name))
    await (await makeIssuer()).write(join(folder, 'tls'), ['localhost'])
    if (withPlugin) await writeFile(join(folder, 'plugins', command), program, { mode: 0o755 })
    const place = { folder, port: await freePort(), clusterPort: await freePort() }
    const file = join(folder, 'server.json')
    await writeFile(file, localiseOpenBao(JSON.stringify(server), place))
    await giveToServer(folder)
    const { all } = await execa(bao, ['server', `-config=${file}`], {
      ...serverAccount(),
      cwd: dirname(file),
      env: {
        BAO_RAFT_NODE_ID: 'vault-0',
        BAO_API_ADDR: 'https://localhost:8200',
        BAO_CLUSTER_ADDR: 'https://localhost:8201',
        BAO_TOKEN: 'of-nobody',
        BAO_MAX_RETRIES: '0',
        HOME: folder,
      },
      all: true,
      reject: false,
      stdin: 'ignore',
      timeout: 60_000,
    })
    return all
  } finally {
    await remove()
  }
}
