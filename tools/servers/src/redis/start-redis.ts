import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { makeScratchFolder } from '../scratch-folder.ts'
import { giveToServer } from '../server-account.ts'
import { startServer } from '../start-server.ts'
import type { Issuer } from '../certificates.ts'
import type { RedisInstallation } from './install-redis.ts'
import { operatorConfiguration, operatorSentinel, type OperatorSentinel } from './operator-configuration.ts'
import { askRedis, type RedisLogin } from './redis-client.ts'

/** What the chart says about a server. */
export interface RedisSettings {
  /** The ConfigMap's file; /data and /users become folders of the test's. */
  configuration: string
  cluster: boolean
  persistent: boolean
  /** Of `default`; undefined asks nobody for one. */
  password?: string
  /** The text of /users/user.acl. */
  users?: string
  /** Names of the certificate, and who issues it; undefined serves plaintext. */
  tls?: { names: readonly string[]; issuer: Issuer }
  /** Puts files into the data folder before the server starts. */
  prepare?: (data: string) => Promise<void>
}

export interface Redis {
  port: number
  /** Its /data. */
  data: string
  /** Its /tls; undefined without TLS. */
  tls: string | undefined
  /** Its /users, which a pod has where users are told apart. */
  users: string
  /** Its /etc/redis. */
  folder: string
  busPort: number
  /** One command as `default`, or as whoever logs in. */
  ask: (command: readonly string[], login?: RedisLogin) => Promise<string>
  output: () => string
  stop: () => Promise<void>
}

/** Start Redis with a chart's settings, laid out as the redis-operator does, in a folder of its own. */
export async function startRedis(installation: RedisInstallation, settings: RedisSettings): Promise<Redis> {
  const { path: folder, remove } = await makeScratchFolder('redis')
  const inFolder = (name: string) => join(folder, name)
  const [port, busPort] = [await freePort(), await freePort()]
  const [data, usersFolder] = [inFolder('data'), inFolder('users')]
  const { password, users } = settings
  const tls = settings.tls && inFolder('tls')
  await mkdir(data)
  await mkdir(usersFolder)
  await settings.prepare?.(data)
  if (settings.tls) await settings.tls.issuer.write(inFolder('tls'), settings.tls.names)
  if (users !== undefined) await writeFile(join(usersFolder, 'user.acl'), users)
  const configuration = settings.configuration
    .replace(/^dir \/data$/m, `dir ${data}`)
    .replace(/^aclfile \/users\//m, `aclfile ${usersFolder}/`)
  await writeFile(inFolder('additional.conf'), configuration)
  const lines = operatorConfiguration({
    port,
    ...(settings.cluster && { cluster: { busPort, nodesFile: inFolder('nodes.conf') } }),
    persistent: settings.persistent,
    ...(password !== undefined && { password }),
    ...(tls !== undefined && { tls }),
    folder: data,
    include: inFolder('additional.conf'),
  })
  await writeFile(inFolder('redis.conf'), `${lines.join('\n')}\n`)
  const server = await start(installation, 'redis.conf', folder, remove, {
    port,
    authority: tls && join(tls, 'ca.crt'),
    password,
  })
  return { ...server, port, busPort, data, users: usersFolder, folder, tls }
}

/** Start a Sentinel beside servers, with their certificate's issuer; its folder is /etc/redis. */
export async function startSentinel(
  installation: RedisInstallation,
  settings: Omit<OperatorSentinel, 'port' | 'tls' | 'folder' | 'include'> & {
    configuration: string
    tls: NonNullable<RedisSettings['tls']>
  },
): Promise<Redis> {
  const { path: folder, remove } = await makeScratchFolder('redis-sentinel')
  const [port, tls, include] = [await freePort(), join(folder, 'tls'), join(folder, 'additional.conf')]
  await settings.tls.issuer.write(tls, settings.tls.names)
  await writeFile(include, settings.configuration.replaceAll('/etc/redis', folder))
  const lines = operatorSentinel({ ...settings, port, tls, folder, include })
  await writeFile(join(folder, 'sentinel.conf'), `${lines.join('\n')}\n`)
  const { password } = settings
  const authority = join(tls, 'ca.crt')
  const server = await start(installation, 'sentinel.conf', folder, remove, { port, authority, password })
  return { ...server, port, busPort: 0, data: folder, users: folder, folder, tls }
}

async function start(
  { path }: RedisInstallation,
  file: 'redis.conf' | 'sentinel.conf',
  folder: string,
  remove: () => Promise<void>,
  own: { port: number; authority: string | undefined; password: string | undefined },
): Promise<Pick<Redis, 'ask' | 'output' | 'stop'>> {
  await giveToServer(folder)
  const address = { path, port: own.port, authority: own.authority }
  const ask: Redis['ask'] = (command, login) =>
    askRedis(address, command, login ?? (own.password === undefined ? {} : { password: own.password }))
  const { output, stop } = await startServer({
    name: 'Redis',
    command: 'redis-server',
    args: [join(folder, file), ...(file === 'sentinel.conf' ? ['--sentinel'] : [])],
    env: { PATH: path },
    cwd: folder,
    ready: async () => (await ask(['ping'])) === 'PONG',
    patienceSeconds: 20,
  }).catch(async (error: unknown) => {
    await remove()
    throw error
  })
  return {
    ask,
    output,
    stop: async () => {
      await stop()
      await remove()
    },
  }
}
