import {
  freePort,
  localiseOpenBao,
  makeScratchFolder,
  giveToServer,
  startServer,
  type Issuer,
  type OpenBaoInstallation,
  type RunningServer,
} from '@opencore/servers'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { env } from 'node:process'
import { askElsewhere, onLoopback } from './localise.ts'
import type { VaultCase } from './vault-case.ts'

/** One server of a StatefulSet, with its volume; it may run or not. */
export interface Member {
  /** Name of its pod. */
  name: string
  port: number
  clusterPort: number
  /** Its `/openbao`. */
  folder: string
  remove: () => Promise<void>
}

/** A member that never ran. Its key is the same as that of all others. */
export async function makeMember(name: string, issuer: Issuer): Promise<Member> {
  const { path: folder, remove } = await makeScratchFolder(name)
  for (const each of ['data', 'seal', 'configuration', 'audit']) await mkdir(join(folder, each))
  await issuer.write(join(folder, 'tls'), ['localhost'])
  await writeFile(join(folder, 'seal', 'key'), '0123456789abcdef0123456789abcdef')
  return { name, port: await freePort(), clusterPort: await freePort(), folder, remove }
}

const urlOf = ({ port }: Member) => `https://localhost:${port}`

/** Run what the chart's container runs, as this one of the members. It is not waited for. */
export async function startMember(
  { command }: OpenBaoInstallation,
  { server, first, start }: VaultCase,
  member: Member,
  members: readonly Member[],
): Promise<RunningServer> {
  const { name, clusterPort, folder } = member
  const localise = (text: string) => localiseOpenBao(text, member)
  const authority = await readFile(join(folder, 'tls', 'ca.crt'), 'utf8')
  const files = {
    'server.json': onLoopback(server, members.map(urlOf)),
    'first.json': askElsewhere(first, {
      kubernetes_host: 'https://localhost',
      kubernetes_ca_cert: authority,
    }),
  }
  for (const [file, content] of Object.entries(files))
    await writeFile(join(folder, 'configuration', file), localise(JSON.stringify(content)))
  await giveToServer(folder)
  const [, ...others] = members
  return startServer({
    name,
    command: 'sh',
    args: ['-c', localise(start.text)],
    cwd: folder,
    env: {
      ...start.env,
      PATH: [dirname(command), env['PATH']].join(delimiter),
      HOME: join(folder, 'data'),
      BAO_RAFT_NODE_ID: name,
      BAO_API_ADDR: urlOf(member),
      BAO_CLUSTER_ADDR: `https://localhost:${clusterPort}`,
      BAO_ADDR: urlOf(member),
      BAO_CACERT: join(folder, 'tls', 'ca.crt'),
      MEMBERS: others.map(urlOf).join(' '),
      WATCH_SECONDS: '1',
    },
    ready: () => Promise.resolve(true),
  })
}
