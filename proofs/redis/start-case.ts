import {
  startRedis,
  startSentinel,
  type Issuer,
  type Redis,
  type RedisInstallation,
  type RedisSettings,
} from '@opencore/servers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisCase } from './redis-case.ts'

/** A case, running: as many servers as its writes need, and its Sentinels. */
export interface RunningCase {
  /** Takes writes. */
  master: Redis
  /** The master first. */
  servers: readonly Redis[]
  sentinels: readonly Redis[]
  /** How clients, members, Sentinels and the backup log in; by user, `default` among them. */
  passwords: Readonly<Record<string, string>>
  settings: RedisSettings
  stop: () => Promise<void>
}

/** Start the servers of a case as the operator would, and wait until writes succeed. */
export async function startCase(
  installation: RedisInstallation,
  rendered: RedisCase,
  issuer: Issuer,
  passwords: Readonly<Record<string, string>>,
): Promise<RunningCase> {
  const users = rendered.users(passwords)
  const settings: RedisSettings = {
    configuration: rendered.configuration,
    cluster: rendered.mode === 'cluster',
    persistent: rendered.persistent,
    ...(rendered.hasPassword && passwords['default'] !== undefined && { password: passwords['default'] }),
    ...(users !== undefined && { users }),
    ...(rendered.names && { tls: { names: rendered.names, issuer } }),
  }
  const members = Array.from({ length: countServers(rendered) })
  const servers = await Promise.all(members.map(() => startRedis(installation, settings)))
  const [master] = servers
  if (master === undefined) throw new Error('a case has one server at least')
  const sentinels: Redis[] = []
  const stop = async () => {
    await Promise.all([...sentinels, ...servers].map((server) => server.stop()))
  }
  try {
    if (settings.cluster) await formCluster(servers)
    else await Promise.all(servers.slice(1).map((server) => follow(server, master)))
    const { sentinel, sentinelConfiguration: configuration } = rendered
    if (sentinel && settings.tls && settings.password !== undefined)
      for (let index = 0; index < sentinel.members; index++)
        sentinels.push(
          await startSentinel(installation, {
            ...sentinel,
            masterPort: master.port,
            password: passwords[sentinel.login] ?? '',
            masterPassword: settings.password,
            configuration,
            tls: settings.tls,
          }),
        )
  } catch (error) {
    await stop()
    throw error
  }
  return { master, servers, sentinels, passwords, settings, stop }
}

/** Three leaders and a follower each; else what a write needs, and one more where a failover takes one away. */
function countServers({ mode, directives }: RedisCase): number {
  if (mode === 'cluster') return 6
  const replicas = Number(directives.get('min-replicas-to-write') ?? '0')
  return 1 + replicas + (mode === 'sentinel' ? 1 : 0)
}

async function follow(server: Redis, master: Redis): Promise<void> {
  await server.ask(['replicaof', '127.0.0.1', String(master.port)])
  await waitFor(async () => (await server.ask(['info', 'replication'])).includes('master_link_status:up'))
}

/** As the operator forms one: leaders and followers by redis-cli. */
async function formCluster(servers: readonly Redis[]): Promise<void> {
  const addresses = servers.map(({ port, busPort }) => `127.0.0.1:${port}@${busPort}`)
  const [first] = servers
  const answer = await first?.ask([
    '--cluster',
    'create',
    ...addresses,
    '--cluster-replicas',
    '1',
    '--cluster-yes',
  ])
  if (!answer?.includes('All 16384 slots covered')) throw new Error(`no cluster was formed: ${answer}`)
  for (const server of servers)
    await waitFor(async () => {
      const [state, role] = [await server.ask(['cluster', 'info']), await server.ask(['info', 'replication'])]
      return state.includes('cluster_state:ok') && /connected_slaves:1|master_link_status:up/.test(role)
    })
}

/** Wait until something holds, half a minute at most. */
export async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('waited for half a minute')
    await sleep(100)
  }
}
