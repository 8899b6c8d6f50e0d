import {
  askRedis,
  ensureCommand,
  installRedis,
  makeIssuer,
  operatorEnvironment,
  startRedis,
  type Issuer,
  type Redis,
} from '@opencore/servers'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer, connect as connectTcp, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../shared/root.ts'
import { renderCases, type RenderOptions } from '../shared/render-cases.ts'
import { readRedisCase, type RedisCase } from './redis-case.ts'
import { startCase, waitFor, type RunningCase } from './start-case.ts'

// A real Redis judges what the chart renders: it starts, and lets in whom it should.

const found = await installRedis()
const missing = 'missing' in found ? found.missing : undefined
const installation = 'missing' in found ? { path: '', remove: () => Promise.resolve() } : found
const scratch = await mkdtemp(join(tmpdir(), 'redis-cases-'))
const issuer = await makeIssuer()

interface CaseValues {
  use?: string
  acl?: { users?: Record<string, { keyspaces: string[]; access?: string }> }
}
interface Case {
  name: string
  users: NonNullable<NonNullable<CaseValues['acl']>['users']>
  isCache: boolean
  rendered: RedisCase
}

async function render(options?: RenderOptions): Promise<Case[]> {
  return Promise.all(
    (await renderCases(root, 'redis', options)).map(async (chartCase) => {
      const { name } = chartCase
      const file = join(root, 'charts/redis/ci', `${name}-values.yaml`)
      const values = parse(await readFile(file, 'utf8')) as CaseValues
      const isCache = ['cache', 'queryCache'].includes(values.use ?? 'cache')
      return { name, users: values.acl?.users ?? {}, isCache, rendered: readRedisCase(chartCase) }
    }),
  )
}

/** A password for each user, for the backup and for Sentinels. */
function makePasswords(users: Case['users']): Record<string, string> {
  return Object.fromEntries(
    ['default', 'backup', 'sentinel', ...Object.keys(users)].map((user) => [
      user,
      randomBytes(16).toString('hex'),
    ]),
  )
}

const withoutRclone = await ensureCommand({ command: 'rclone', package: 'rclone' })
/** What the operator's image has of Redis, and the scripts take of Alpine; `rclone` is of the other image. */
const inImages = [
  ...['redis-server', 'redis-cli', 'rclone', 'sh', 'awk', 'cat', 'cut', 'date', 'grep', 'ln', 'ls', 'mkdir'],
  ...['mv', 'rm', 'sed', 'sha256sum', 'sleep', 'timeout', 'tr', 'xargs'],
]
const images = join(scratch, 'images')
await mkdir(images)
for (const command of inImages) {
  const { stdout } = await execa('sh', ['-c', `command -v ${command}`], {
    env: { PATH: installation.path || process.env['PATH'] },
    reject: false,
  })
  if (stdout !== '') await symlink(stdout, join(images, command))
}

/** Run a container's script as its pod would, with these in the place of its environment. */
async function run(script: string, env: Record<string, string>, input?: string) {
  const { exitCode, all } = await execa('sh', ['-euc', script], {
    env: { PATH: images, ...env },
    extendEnv: false,
    all: true,
    reject: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    timeout: 60_000,
  })
  return { exitCode, output: all }
}

/** Run a server's liveness probe as its container would. */
const probe = (
  script: string | undefined,
  server: Redis,
  env: { port?: number; password?: string | undefined },
) =>
  run(
    (script ?? '').replaceAll('/users/', `${server.users}/`).replaceAll('/etc/redis/', `${server.folder}/`),
    operatorEnvironment('REDIS_PORT', { ...server, password: undefined, ...env }),
  )

/** The environment of a client's container. */
const clientOf = ({ master, settings }: RunningCase): Record<string, string> => ({
  REDIS_HOST: '127.0.0.1',
  REDIS_PORT: String(master.port),
  TRIES: '1',
  ...(master.tls !== undefined && { REDIS_CA: join(master.tls, 'ca.crt') }),
  ...(settings.password !== undefined && { REDISCLI_AUTH: settings.password }),
})

/** The environment of the backup's first container. */
const dumperOf = (
  running: RunningCase,
  { backupLogin }: RedisCase,
  data: string,
): Record<string, string> => ({
  ...clientOf(running),
  REDISCLI_AUTH: running.passwords[backupLogin] ?? '',
  DATA: data,
})

/** The commands of a section of the runbooks. */
async function readSteps(section: string): Promise<string> {
  const text = await readFile(join(root, 'charts/redis/RUNBOOKS.md'), 'utf8')
  const [, steps] = new RegExp(`## ${section}\n[^]*?\`\`\`sh\n([^]*?)\`\`\``).exec(text) ?? []
  if (steps === undefined) throw new Error(`RUNBOOKS.md has no commands for "${section}"`)
  return steps
}

/** A connection that is logged in, and stays. */
async function holdConnection(port: number, user: string, password: string) {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  const closed = once(socket, 'close')
  await once(socket, 'secureConnect')
  socket.write(`AUTH ${user} ${password}\r\n`)
  expect(String((await once(socket, 'data'))[0])).toBe('+OK\r\n')
  return { closed }
}

/** Serial number of the certificate that a server shows. */
function serialOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    }).once('error', reject)
  })
}

const cases = await render()

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
  await installation.remove()
})

describe.each(cases)('a real Redis with the case $name', ({ name, users, isCache, rendered }) => {
  let running: RunningCase
  beforeAll(async () => {
    if (missing === undefined) running = await startCase(installation, rendered, issuer, makePasswords(users))
  })
  afterAll(async () => {
    if (missing === undefined) await running.stop()
  })

  it('has every directive as it was written', async ({ skip }) => {
    skip(missing !== undefined, missing)
    for (const [directive, wanted] of rendered.directives) {
      if (directive === 'dir' || directive === 'aclfile') continue
      const [, found = ''] = (await running.master.ask(['config', 'get', directive])).split('\n')
      // Redis writes the letters of events in its own order.
      const sorted = (text: string) =>
        directive === 'notify-keyspace-events' ? text.split('').sort().join('') : text
      expect([directive, sorted(found)]).toEqual([directive, sorted(wanted)])
    }
  })

  if (rendered.names)
    it('answers nothing in plaintext', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const plain = { path: installation.path, port: running.master.port, authority: undefined }
      expect(await askRedis(plain, ['ping'])).toMatch(/^Error: /)
    })

  if (rendered.hasPassword)
    it('answers no stranger', async ({ skip }) => {
      skip(missing !== undefined, missing)
      expect(await running.master.ask(['ping'], {})).toMatch(/^NOAUTH/)
      expect(await running.master.ask(['ping'], { user: 'default', password: 'wrong' })).toMatch(/NOAUTH/)
    })

  if (Object.keys(users).length > 0)
    it('lets each user reach its keys and nothing else', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, passwords } = running
      const follow = rendered.mode === 'cluster' ? ['-c'] : []
      for (const [user, { keyspaces, access = 'readWrite' }] of Object.entries(users)) {
        const as = (...command: string[]) =>
          master.ask([...follow, ...command], {
            user,
            ...(passwords[user] !== undefined && { password: passwords[user] }),
          })
        const allowed = new Set(keyspaces.map((keyspace) => keyspace.toUpperCase()))
        for (const [keyspace, prefix] of Object.entries(rendered.prefixes)) {
          const [read, write] = [
            await as('get', `${prefix}probe`),
            await as('set', `${prefix}probe`, '1', 'ex', '60'),
          ]
          const isAllowed = allowed.has(keyspace)
          expect([user, keyspace, read.startsWith('NOPERM')]).toEqual([user, keyspace, !isAllowed])
          expect([user, keyspace, write]).toEqual([
            user,
            keyspace,
            isAllowed && access === 'readWrite' ? 'OK' : expect.stringMatching(/^NOPERM/),
          ])
        }
        for (const key of [
          'elsewhere',
          ...Object.values(rendered.prefixes).map((prefix) => `other:${prefix}probe`),
        ])
          expect(await as('set', key, '1')).toMatch(/^NOPERM/)
        const clears =
          isCache && access === 'readWrite' && allowed.size === Object.keys(rendered.prefixes).length
        for (const command of [
          ...(clears
            ? []
            : [
                ['keys', '*'],
                ['scan', '0'],
              ]),
          ['randomkey'],
          ['flushall'],
          ['config', 'get', '*'],
          ['acl', 'list'],
          ['shutdown'],
        ])
          expect([user, ...command, await as(...command)]).toEqual([
            user,
            ...command,
            expect.stringMatching(/^NOPERM/),
          ])
        // What clients ask at each connection.
        expect(await as('ping')).toBe('PONG')
        expect(await as('info', 'server')).toContain('redis_version')
        expect(await as('role')).toMatch(/^master/)
        expect(await as('wait', '0', '10')).toMatch(/^\d$/)
        if (rendered.mode === 'cluster') expect(await as('cluster', 'slots')).toContain('localhost')
        expect(await master.ask(['ping'], { user, password: 'wrong' })).toMatch(/NOAUTH/)
      }
    })

  if (isCache && Object.keys(users).length > 0)
    it("keeps what Spring's cache manager writes with the prefix, and clears it", async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, passwords } = running
      for (const [user, { keyspaces, access = 'readWrite' }] of Object.entries(users)) {
        const [keyspace = ''] = keyspaces
        const prefix = rendered.prefixes[keyspace.toUpperCase()] ?? ''
        const as = (...command: string[]) => master.ask(command, { user, password: passwords[user] ?? '' })
        // RedisCacheManager: the prefix, the cache's name, two colons, the key.
        const key = `${prefix}prices::1`
        expect(await as('set', 'prices::1', '1', 'px', '60000')).toMatch(/^NOPERM/)
        if (access !== 'readWrite') continue
        expect([user, await as('set', key, '1', 'px', '60000')]).toEqual([user, 'OK'])
        expect(await as('get', key)).toBe('1')
        const found = await as('keys', `${prefix}prices::*`)
        if (keyspaces.length < Object.keys(rendered.prefixes).length) {
          expect([user, found]).toEqual([user, expect.stringMatching(/^NOPERM/)])
          expect(await as('del', key)).toBe('1')
          continue
        }
        expect([user, found]).toEqual([user, key])
        expect(await as('scan', '0', 'match', `${prefix}prices::*`, 'count', '1000')).toBe(`0\n${key}`)
        expect(await as('unlink', key)).toBe('1')
        expect(await as('exists', key)).toBe('0')
      }
    })

  if (rendered.names && Object.keys(users).length > 0)
    it('refuses whom the chart names no longer and lets in whom it names now, without a restart', async ({
      skip,
    }) => {
      skip(missing !== undefined, missing)
      const { master, servers, passwords, settings } = running
      const [
        [
          revoked,
          {
            keyspaces: [keyspace = ''],
          },
        ] = ['', { keyspaces: [] }],
      ] = Object.entries(users)
      const values = parse(await readFile(join(root, 'charts/redis/ci', `${name}-values.yaml`), 'utf8')) as {
        acl: { users: Case['users'] }
      }
      const others = Object.entries(values.acl.users).filter(([name]) => name !== revoked)
      values.acl.users = { ...Object.fromEntries(others), newcomer: { keyspaces: [keyspace] } }
      const file = join(scratch, `${name}-changed.yaml`)
      await writeFile(file, JSON.stringify(values))
      const [changed] = await render({ only: 'minimal', values: [file] })
      if (!changed) return expect.fail('charts/redis/ci/minimal-values.yaml is gone')
      expect(changed.rendered.configuration).toBe(rendered.configuration)
      const newcomer = randomBytes(16).toString('hex')
      const all: Record<string, string> = { ...passwords, newcomer }
      const bring = async (text: string | undefined) => {
        for (const { users: folder } of servers) await writeFile(join(folder, 'user.acl'), text ?? '')
        return Promise.all(
          servers.map((server) => probe(rendered.scripts.liveness, server, { password: settings.password })),
        )
      }
      const pings = (user: string) => master.ask(['ping'], { user, password: all[user] ?? '' })
      const well = servers.map(() => ({ exitCode: 0, output: '' }))
      expect(await bring(rendered.users(all))).toEqual(well)
      expect(await pings('newcomer')).toMatch(/NOAUTH/)
      const cutOff = await holdConnection(master.port, revoked, all[revoked] ?? '')

      expect(await bring(changed.rendered.users(all))).toEqual(well)
      await cutOff.closed
      expect(await pings(revoked)).toMatch(/NOAUTH/)
      expect(await pings('newcomer')).toBe('PONG')
      const key = `${rendered.prefixes[keyspace.toUpperCase()] ?? ''}new`
      const asked = await master.ask(['-c', 'get', key], { user: 'newcomer', password: newcomer })
      expect(asked).not.toMatch(/NOPERM/)

      // A file that Redis refuses is said once, and changes nothing.
      const refused = await bring(`${changed.rendered.users(all) ?? ''}\nuser broken on +nosuchcommand`)
      expect(refused[0]).toMatchObject({
        exitCode: 1,
        output: expect.stringMatching(/^the users are the old ones: [^]*user\.acl/) as string,
      })
      expect(await probe(rendered.scripts.liveness, master, { password: settings.password })).toEqual(well[0])
      expect(await pings('newcomer')).toBe('PONG')

      // Whoever restarts later knows the new password of \`default\` alone; members have the old one until then.
      const later = randomBytes(16).toString('hex')
      const rotated = { ...all, default: later }
      expect(await bring(rendered.users(rotated))).toEqual(well)
      for (const password of [all['default'] ?? '', later])
        expect(await master.ask(['ping'], { user: 'default', password })).toBe('PONG')

      // Two passwords in the store while a service restarts, then the new one alone.
      const fresh = randomBytes(16).toString('hex')
      const both = { ...all, [revoked]: `${fresh}\n${all[revoked] ?? ''}\n` }
      expect(await bring(rendered.users(both))).toEqual(well)
      expect(await pings(revoked)).toBe('PONG')
      expect(await master.ask(['ping'], { user: revoked, password: fresh })).toBe('PONG')
      expect(await bring(rendered.users({ ...all, [revoked]: fresh }))).toEqual(well)
      expect(await pings(revoked)).toMatch(/NOAUTH/)
      expect(await bring(rendered.users(all))).toEqual(well)
    })

  it("passes the chart's test", async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { exitCode, output } = await run(rendered.scripts.test ?? '', clientOf(running))
    expect(output).toMatch(/^written, read/)
    expect(exitCode).toBe(0)
  })

  it('is alive for its probe, with an old password too, and dead where nothing listens', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { master, settings } = running
    const ask = (change: object) =>
      probe(rendered.scripts.liveness, master, { password: settings.password, ...change })
    expect(await ask({})).toEqual({ exitCode: 0, output: '' })
    if (rendered.hasPassword) expect(await ask({ password: 'old' })).toEqual({ exitCode: 0, output: '' })
    expect(await ask({ port: 1 })).toMatchObject({ exitCode: 1 })
  })

  if (rendered.names)
    it('takes a renewed certificate without a restart, by its probe', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, settings } = running
      if (!settings.tls || master.tls === undefined) return expect.fail('no TLS')
      const before = await serialOf(master.port)
      await issuer.write(master.tls, settings.tls.names)
      expect(await serialOf(master.port)).toBe(before)
      const renewed = await probe(rendered.scripts.liveness, master, { password: settings.password })
      expect(renewed).toEqual({ exitCode: 0, output: '' })
      expect(await serialOf(master.port)).not.toBe(before)
    })

  if (rendered.names)
    it('takes a certificate of another authority without a restart', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { servers, settings } = running
      const names = settings.tls?.names ?? []
      const bring = async (by: Issuer) => {
        for (const { tls = '' } of servers) await by.write(tls, names)
        for (const server of servers) {
          const before = await serialOf(server.port)
          const taken = await probe(rendered.scripts.liveness, server, { password: settings.password })
          expect(taken).toEqual({ exitCode: 0, output: '' })
          expect(await serialOf(server.port)).not.toBe(before)
          expect(await server.ask(['ping'])).toBe('PONG')
        }
      }
      await bring(await makeIssuer())
      await bring(issuer)
    })

  if (rendered.dynamic.length > 0)
    it('takes what the operator sets on running servers', async ({ skip }) => {
      skip(missing !== undefined, missing)
      for (const line of rendered.dynamic) {
        const [name = '', ...value] = line.split(' ')
        expect(await running.master.ask(['config', 'set', name, value.join(' ')])).toBe('OK')
      }
    })

  if (rendered.scripts.dump)
    it('is backed up, every master of it', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const data = await mkdtemp(join(scratch, 'backup-'))
      expect(await run(rendered.scripts.dump ?? '', dumperOf(running, rendered, data))).toMatchObject({
        exitCode: 0,
      })
      const [folder = ''] = await readdir(data)
      expect(folder).toMatch(/^\d{8}T\d{6}Z$/)
      const masters = rendered.mode === 'cluster' ? ['0.rdb', '1.rdb', '2.rdb'] : ['0.rdb']
      expect((await readdir(join(data, folder))).toSorted()).toEqual(masters)
    })

  if (rendered.backupLogin === 'backup')
    it('lets the user of the backup copy the data, and nothing else', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, passwords } = running
      const password = passwords['backup'] ?? ''
      for (const command of [
        ['get', 'session:web:1'],
        ['set', 'session:web:1', '1'],
        ['config', 'get', '*'],
        ['cluster', 'failover'],
        ['replicaof', 'no', 'one'],
      ])
        expect([...command, await master.ask(command, { user: 'backup', password })]).toEqual([
          ...command,
          expect.stringMatching(/^NOPERM/),
        ])
    })

  if (rendered.mode === 'cluster')
    it('is filled from a backup by the steps of the runbook', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, settings } = running
      const data = await mkdtemp(join(scratch, 'backup-'))
      const [keys, follow] = [['session:a', 'session:b', 'session:c', 'session:d', 'session:e'], '-c']
      for (const key of keys) expect(await master.ask([follow, 'set', key, 'kept', 'ex', '600'])).toBe('OK')
      expect(await run(rendered.scripts.dump ?? '', dumperOf(running, rendered, data))).toMatchObject({
        exitCode: 0,
      })
      for (const key of keys) expect(await master.ask([follow, 'del', key])).toBe('1')
      const [folder = ''] = await readdir(data)
      const steps = await readSteps('Restore a cluster')
      for (const shard of ['0.rdb', '1.rdb', '2.rdb']) {
        const source = await startRedis(installation, {
          configuration: 'dir /data\ndbfilename restored.rdb\nsave ""\ntls-cluster yes',
          cluster: false,
          persistent: false,
          ...(settings.tls && { tls: settings.tls }),
          prepare: (target) => cp(join(data, folder, shard), join(target, 'restored.rdb')),
        })
        const moved = await run(steps, { ...clientOf(running), SOURCE_PORT: String(source.port) })
        await source.stop()
        expect(moved, moved.output).toMatchObject({ exitCode: 0 })
      }
      for (const key of keys) {
        expect(await master.ask([follow, 'get', key])).toBe('kept')
        expect(Number(await master.ask([follow, 'ttl', key]))).toBeGreaterThan(0)
      }
    })

  if (rendered.mode === 'cluster')
    it('grows by a leader, which takes keys', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, settings } = running
      const keys = Array.from({ length: 1000 }, (_, number) => `session:grown-${number}`)
      const { output } = await run(
        'redis-cli -p "$REDIS_PORT" --tls --cacert "$REDIS_CA"',
        clientOf(running),
        keys.map((key) => `cluster keyslot ${key}`).join('\n'),
      )
      // The first hundred slots are the first leader's, and are the first to move.
      const slots = output.split('\n').map(Number)
      const key = keys.find((_, at) => (slots[at] ?? Infinity) < 100) ?? ''
      expect(await master.ask(['set', key, 'kept', 'ex', '600'])).toBe('OK')
      const added = await startRedis(installation, settings)
      try {
        const [first = '', next = ''] = [master, added].map(
          ({ port, busPort }) => `127.0.0.1:${port}@${busPort}`,
        )
        const joined = await master.ask(['--cluster', 'add-node', next, first])
        expect(joined).toContain('New node added correctly')
        const [from, to] = [await master.ask(['cluster', 'myid']), await added.ask(['cluster', 'myid'])]
        const options = [
          '--cluster-from',
          from,
          '--cluster-to',
          to,
          '--cluster-slots',
          '100',
          '--cluster-yes',
        ]
        await waitFor(async () => {
          await master.ask(['--cluster', 'reshard', first, ...options])
          return (await added.ask(['get', key])) === 'kept'
        })
        expect(await master.ask(['-c', 'get', key])).toBe('kept')
      } finally {
        await added.stop()
      }
    })

  if (rendered.names && Object.keys(users).length > 0)
    it('takes a new password of `default` beside the old one by the steps of the runbook', async ({
      skip,
    }) => {
      skip(missing !== undefined, missing)
      const { master, servers, passwords, settings } = running
      const steps = await readSteps('Rotate a password')
      const fresh = randomBytes(16).toString('hex')
      for (const server of servers) {
        const env = operatorEnvironment('REDIS_PORT', { ...server, password: settings.password })
        const accepted = await run(steps, env, `${fresh}\n`)
        expect(accepted, accepted.output).toMatchObject({ exitCode: 0 })
      }
      for (const password of [passwords['default'] ?? '', fresh])
        expect(await master.ask(['ping'], { user: 'default', password })).toBe('PONG')
      expect(await master.ask(['ping'], { user: 'default', password: 'neither' })).toMatch(/NOAUTH/)
      if (rendered.mode === 'cluster') return
      const restarted = await startRedis(installation, {
        ...settings,
        password: fresh,
        users: rendered.users({ ...passwords, default: fresh }) ?? '',
      })
      try {
        await restarted.ask(['replicaof', '127.0.0.1', String(master.port)])
        await waitFor(async () =>
          (await restarted.ask(['info', 'replication'])).includes('master_link_status:up'),
        )
      } finally {
        await restarted.stop()
      }
    })

  if (rendered.sentinel)
    it('has Sentinels that are alive until their certificate is renewed', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { sentinels, passwords } = running
      const [sentinel] = sentinels
      if (sentinel?.tls === undefined) return expect.fail('no Sentinel runs')
      const script = (rendered.scripts.sentinelLiveness ?? '')
        .replaceAll('/etc/redis', sentinel.data)
        .replaceAll('/tls/', `${sentinel.tls}/`)
      const password = passwords[rendered.sentinel?.login ?? '']
      const probe = (change: object) =>
        run(script, operatorEnvironment('SENTINEL_PORT', { ...sentinel, password, ...change }))
      // As the kubelet writes a Secret: a new folder for each version of it.
      const written = join(sentinel.tls, '..data')
      await mkdir(written)
      await utimes(written, new Date(), new Date(Date.now() - 3_600_000))
      expect(await probe({})).toEqual({ exitCode: 0, output: '' })
      expect(await probe({ port: 1 })).toMatchObject({ exitCode: 1 })
      // An authority that is not the one it serves says nothing of its health.
      await (await makeIssuer()).write(sentinel.tls, rendered.names ?? [])
      expect(await probe({})).toEqual({ exitCode: 0, output: '' })
      await issuer.write(sentinel.tls, rendered.names ?? [])
      await utimes(written, new Date(), new Date(Date.now() + 1_000))
      expect(await probe({})).toEqual({ exitCode: 1, output: 'the certificate is newer than the process' })
    })

  if (rendered.sentinel && rendered.sentinel.login !== 'default')
    it('has Sentinels that clients ask with a password that opens no server', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, sentinels, passwords } = running
      const password = passwords[rendered.sentinel?.login ?? ''] ?? ''
      const [sentinel] = sentinels
      const asked = ['sentinel', 'get-master-addr-by-name', 'mymaster']
      expect(await sentinel?.ask(asked, { password })).toBe(`127.0.0.1\n${master.port}`)
      expect(await master.ask(['ping'], { password })).toMatch(/NOAUTH/)
    })

  if (rendered.sentinel)
    it('promotes a replica when the master is gone', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const { master, servers, sentinels } = running
      const [sentinel] = sentinels
      if (!sentinel) return expect.fail('no Sentinel runs')
      await waitFor(async () => (await sentinel.ask(['sentinel', 'ckquorum', 'mymaster'])).startsWith('OK'))
      expect(await sentinel.ask(['ping'], {})).toMatch(/^NOAUTH/)
      await master.ask(['shutdown', 'nosave'])
      const others = servers.slice(1)
      await waitFor(async () => {
        const answers = await Promise.all(
          others.map((server) => server.ask(['set', 'probe', 'after', 'ex', '60'])),
        )
        return answers.includes('OK')
      })
    })
})

/** A port that sends what begins as TLS to one server and all else to another, as a careless proxy would. */
async function startCarelessProxy(tlsPort: number, plainPort: number) {
  const proxy = createServer((client) => {
    client.once('data', (first) => {
      // 22 begins a TLS handshake: https://www.rfc-editor.org/rfc/rfc8446#section-5.1
      const server = connectTcp({ host: '127.0.0.1', port: first[0] === 22 ? tlsPort : plainPort })
      server.write(first)
      client.pipe(server).pipe(client)
      client.on('error', () => server.destroy())
      server.on('error', () => client.destroy())
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return { port: (proxy.address() as AddressInfo).port, stop: () => proxy.close() }
}

describe("the chart's test fails", () => {
  const minimal = cases.find(({ name }) => name === 'minimal')
  if (!minimal) throw new Error('charts/redis/ci/minimal-values.yaml is gone')
  const { rendered } = minimal
  const plain = {
    configuration: rendered.configuration.replace(/^tls-.*$/m, ''),
    cluster: false,
    persistent: false,
  }
  const tls = { names: ['localhost'], issuer }
  const password = randomBytes(16).toString('hex')
  const ask = async (port: number, authority: string) =>
    run(rendered.scripts.test ?? '', {
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(port),
      REDIS_CA: authority,
      REDISCLI_AUTH: password,
      TRIES: '1',
    })

  it('where no password is asked for', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const server = await startRedis(installation, { ...plain, tls })
    try {
      const { exitCode, output } = await ask(server.port, join(server.tls ?? '', 'ca.crt'))
      expect([exitCode, output]).toEqual([1, expect.stringContaining('without any password configured')])
    } finally {
      await server.stop()
    }
  })
  it('where a certificate of somebody else is shown', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const server = await startRedis(installation, { ...plain, tls, password })
    const other = join(scratch, 'other')
    try {
      await (await makeIssuer()).write(other, ['localhost'])
      const { exitCode, output } = await ask(server.port, join(other, 'ca.crt'))
      expect([exitCode, output]).toEqual([1, expect.stringContaining('certificate verify failed')])
    } finally {
      await server.stop()
    }
  })
  it('where plaintext is served beside TLS', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const servers = await Promise.all([
      startRedis(installation, { ...plain, tls, password }),
      startRedis(installation, { ...plain, password }),
    ])
    const proxy = await startCarelessProxy(servers[0].port, servers[1].port)
    try {
      const { exitCode, output } = await ask(proxy.port, join(servers[0].tls ?? '', 'ca.crt'))
      expect([exitCode, output]).toEqual([1, expect.stringContaining('plaintext got: PONG')])
    } finally {
      proxy.stop()
      await Promise.all(servers.map((server) => server.stop()))
    }
  })
})

describe('every values file of the README renders:', async () => {
  const text = await readFile(join(root, 'charts/redis/README.template.md'), 'utf8')
  const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = '']) => {
    const [title = ''] = block.split('\n').filter((line) => !line.startsWith('#'))
    return { title, block }
  })
  it.each(blocks)('$title', async ({ block }) => {
    const file = join(scratch, 'block.yaml')
    await writeFile(file, block)
    expect(await renderCases(root, 'redis', { only: 'minimal', values: [file] })).toHaveLength(1)
  })
})

describe('the chart refuses what a real Redis says of itself:', () => {
  const refusal = async (...set: string[]): Promise<string> =>
    render({ only: 'minimal', set }).then(
      () => '',
      (error: unknown) => String(error),
    )
  let server: Redis
  beforeAll(async () => {
    if (missing !== undefined) return
    server = await startRedis(installation, { configuration: '', cluster: false, persistent: false })
  })
  afterAll(async () => {
    if (missing === undefined) await server.stop()
  })

  it('directives that cannot be set on a running server', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const answer = (await server.ask(['config', 'get', '*'])).split('\n')
    const settings = answer.flatMap((name, at) =>
      at % 2 === 0 ? [`config set ${name} "${answer[at + 1] ?? ''}"`] : [],
    )
    const { output } = await run(
      'redis-cli -p "$REDIS_PORT"',
      { REDIS_PORT: String(server.port) },
      settings.join('\n'),
    )
    const refused = output.matchAll(/argument '([^']+)'\) - can't set immutable config/g)
    // The schema has no names with `_`.
    const fixed = [...refused].map(([, name = '']) => name).filter((name) => !name.includes('_'))
    expect(fixed).toContain('io-threads')
    const message = await refusal(...fixed.map((name) => `dynamicConfig.${name}=any`))
    expect(fixed.filter((name) => !message.includes(`redis: dynamicConfig.${name} is `))).toEqual([])
  })
  it('commands that reach beyond the keys of a user', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const categories = await Promise.all(
      ['admin', 'dangerous'].map((category) => server.ask(['acl', 'cat', category])),
    )
    // Of these some say what every client may know, and others stay inside a user's keys.
    const harmless = new Set(['info', 'role', 'lastsave', 'restore', 'sort', 'sort_ro'])
    const commands = categories.flatMap((text) => text.split('\n')).filter((name) => !harmless.has(name))
    expect(commands).toContain('client|kill')
    const message = await refusal(
      'auth.externalSecret.store.name=vault',
      'acl.users.a.keyspaces={cache}',
      `acl.users.a.commands={${commands.map((name) => `+${name}`).join(',')}}`,
    )
    expect(commands.filter((name) => !message.includes(`commands has +${name}, `))).toEqual([])
  })
})

describe.each(['rdb', 'aof', 'aofAlways'])('a backup restored to a server with %s', (preset) => {
  it('has every key, and leaves a volume with data alone', async ({ skip }) => {
    const reason = missing ?? withoutRclone
    skip(reason !== undefined, reason)
    const [sentinel] = await render({ only: 'sentinel', set: [`persistence.preset=${preset}`] })
    if (!sentinel) return expect.fail('charts/redis/ci/sentinel-values.yaml is gone')
    const { rendered, users } = sentinel
    const { dump = '', upload = '', restore = '' } = rendered.scripts
    const [backup, bucket] = [await mkdtemp(join(scratch, 'backup-')), join(scratch, `bucket-${preset}`)]
    const storage = { RCLONE_CONFIG_BACKUP_TYPE: 'local' }
    await mkdir(bucket)

    const first = await startCase(
      installation,
      { ...rendered, sentinel: undefined },
      issuer,
      makePasswords(users),
    )
    try {
      expect(await first.master.ask(['set', 'session:web:1', 'kept', 'ex', '600'])).toBe('OK')
      expect(await run(dump, dumperOf(first, rendered, backup))).toMatchObject({ exitCode: 0 })
      const uploaded = await run(upload, { ...storage, DATA: backup, BACKUP: `backup:${bucket}` })
      expect(uploaded, uploaded.output).toMatchObject({ exitCode: 0 })
    } finally {
      await first.stop()
    }
    const [folder = ''] = await readdir(bucket)
    const fill = (data: string) =>
      run(restore, { ...storage, DATA: data, BACKUP: `backup:${bucket}/${folder}/0.rdb` })
    const second = await startRedis(installation, {
      ...first.settings,
      prepare: async (data) => {
        const filled = await fill(data)
        expect(filled, filled.output).toMatchObject({ exitCode: 0 })
      },
    })
    try {
      expect(await second.ask(['get', 'session:web:1'])).toBe('kept')
      expect(Number(await second.ask(['ttl', 'session:web:1']))).toBeGreaterThan(0)
      expect(await fill(second.data)).toMatchObject({
        exitCode: 0,
        output: `${second.data} holds data: nothing is restored`,
      })
    } finally {
      await second.stop()
    }
  })
})
