import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import { createServer as createPlainServer } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { copyWorkspace } from '../e2e/copy-workspace.ts'
import { hasGnupg, opencore, type Outcome } from '../e2e/opencore.ts'
import type { Published } from './chart-package.ts'
import { makeTrust, startRegistry, type Trust } from './start-registry.ts'

// A checkout whose charts are published, a real registry, the real helm, and a key of a person who signs.

let workspace: Awaited<ReturnType<typeof copyWorkspace>>
let scratch = ''
let trust: Trust
let registry: Awaited<ReturnType<typeof startRegistry>>
let helm = ''
let env: Record<string, string> = {}
const user = { username: 'publisher', password: randomBytes(18).toString('hex') }

beforeAll(async () => {
  if (!hasGnupg) return
  ;({ helm = '' } = await ensureTools(['helm', 'publisher', 'registry'], console.error))
  workspace = await copyWorkspace()
  scratch = await mkdtemp(join(tmpdir(), 'opencore-publish-test-'))
  trust = await makeTrust(scratch)
  registry = await startRegistry(trust, user)
  env = {
    GNUPGHOME: join(scratch, 'gnupg'),
    SSL_CERT_FILE: trust.authority,
    HELM_CONFIG_HOME: join(scratch, 'helm/config'),
    HELM_CACHE_HOME: join(scratch, 'helm/cache'),
    HELM_DATA_HOME: join(scratch, 'helm/data'),
    DOCKER_CONFIG: join(scratch, 'docker'),
  }
  await mkdir(env['GNUPGHOME'] ?? '', { mode: 0o700 })
  await makeKey('signer@localhost', 'never')
  await merge('charts.lock')
})
afterAll(async () => {
  if (!hasGnupg) return
  await execa('gpgconf', ['--kill', 'gpg-agent'], { env })
  await registry.stop()
  await workspace.remove()
  await rm(scratch, { recursive: true, force: true })
})

async function makeKey(name: string, expires: string, { passphrase = '', use = 'sign' } = {}): Promise<void> {
  const secret = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase]
  await execa('gpg', [...secret, '--quick-generate-key', name, 'rsa2048', use, expires], { env })
  for (const [option, file] of [
    ['--export-secret-keys', `${name}.key`],
    ['--export', `${name}.pub`],
  ] as const) {
    await execa('gpg', [...secret, '--output', join(scratch, file), option, name], { env })
  }
}

const key = (name = 'signer@localhost') => ['--key', join(scratch, `${name}.key`)]
const run = (args: readonly string[], more: Record<string, string> = {}): Promise<Outcome> =>
  opencore(args, { cwd: workspace.folder, env: { ...env, ...more } })

/** What a person changes and merges. */
async function merge(file: string, change?: (text: string) => string): Promise<void> {
  const path = join(workspace.folder, file)
  if (change) await writeFile(path, change(await readFile(path, 'utf8')))
  const packed = await run(['package'])
  expect(packed.exitCode, packed.stderr).toBe(0)
  await execa('git', ['add', '--all'], { cwd: workspace.folder })
  const author = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
  await execa('git', [...author, 'commit', '--quiet', '--message', 'merged'], { cwd: workspace.folder })
}

async function publish(destination: string): Promise<Published[]> {
  const { exitCode, stdout, stderr } = await run(['publish', destination, ...key(), '-o', 'json'])
  expect(exitCode, stderr).toBe(0)
  return JSON.parse(stdout) as Published[]
}

const states = (published: readonly Published[]) => [...new Set(published.map(({ state }) => state))]
const useHelm = (...args: string[]) => execa(helm, args, { env, all: true, cwd: scratch, reject: false })
const umbrella = 'banking-platform'
const more = (text: string) => `${text}\nMore.\n`
const setVersion = (version: string) => (text: string) =>
  text.replace(/^version: .*$/m, `version: ${version}`)

describe.skipIf(!hasGnupg)('publish to a folder', () => {
  const site = () => join(scratch, 'site')
  const readIndex = async (folder = site()) =>
    parse(await readFile(join(folder, 'index.yaml'), 'utf8')) as {
      entries: Record<string, { version: string; digest: string; created: string }[]>
    }

  it('writes packages that helm verifies, with a bill of materials each', async () => {
    const published = await publish(site())
    expect(states(published)).toEqual(['published'])
    const { entries } = await readIndex()
    expect(Object.keys(entries)).toEqual(published.map(({ chart }) => chart))
    const names = (await readdir(site())).filter((name) => name.startsWith('service-'))
    expect(names).toEqual(['service-0.2.0.cdx.json', 'service-0.2.0.tgz', 'service-0.2.0.tgz.prov'])
    const verified = await useHelm(
      ...['verify', join(site(), 'service-0.2.0.tgz'), '--keyring', 'signer@localhost.pub'],
    )
    expect(verified.all).toContain('Signed by: signer@localhost')
  })

  it('changes nothing when the same is published again', async () => {
    const before = await readFile(join(site(), 'index.yaml'), 'utf8')
    expect(states(await publish(site()))).toEqual(['was there'])
    expect(await readFile(join(site(), 'index.yaml'), 'utf8')).toBe(before)
  })

  it('refuses to change a version that is out, and takes a higher one beside it', async () => {
    const [out] = (await readIndex()).entries[umbrella] ?? []
    const held = await lockedDigest(umbrella)
    await merge(`charts/${umbrella}/README.md`, more)
    const { exitCode, stdout, stderr } = await run(['publish', site(), ...key()])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain(
      `charts/${umbrella}/Chart.yaml: ${umbrella} 0.2.0 is out at ${site()} and holds ${held}; here it holds ${await lockedDigest(umbrella)}  [VERSION_OUT]
  want  a version that is out stays as it is
  next  raise \`version\` in charts/${umbrella}/Chart.yaml, then: opencore package
`,
    )
    await merge(`charts/${umbrella}/Chart.yaml`, setVersion('0.2.1'))
    expect((await publish(site())).filter(({ state }) => state === 'published')).toMatchObject([
      { chart: umbrella, version: '0.2.1' },
    ])
    const { entries } = await readIndex()
    expect(entries[umbrella]?.map(({ version }) => version)).toEqual(['0.2.1', '0.2.0'])
    expect(entries[umbrella]?.[1]).toEqual(out)
  })

  it('refuses a repository whose index and packages do not agree', async () => {
    const folder = join(scratch, 'damaged')
    await cp(site(), folder, { recursive: true })
    const file = join(folder, 'kafka-0.2.0.tgz')
    const [entry] = (await readIndex()).entries['kafka'] ?? []
    const refused = async () => (await run(['publish', folder, ...key()])).stderr
    await writeFile(file, 'other')
    const other = 'd9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa'
    const end = `[REPOSITORY_DAMAGED]
  want  a repository whose index and packages agree
  next  bring the folder back from what is served, then run the same command again
`
    expect(await refused()).toContain(
      `${file}: the index says sha256:${entry?.digest}, the file is sha256:${other}  ${end}`,
    )
    await rm(file)
    expect(await refused()).toContain(`${file}: the index names it, and it is not there  ${end}`)
    await writeFile(join(folder, 'index.yaml'), 'apiVersion: v1\n')
    expect(await refused()).toContain(`${join(folder, 'index.yaml')}: it has no \`entries\`  ${end}`)
    await writeFile(join(folder, 'index.yaml'), 'entries: {\n')
    expect(await refused()).toContain(`[REPOSITORY_DAMAGED]`)
  })

  it('leaves the index of before or after when it is killed, and the next run finishes', async () => {
    const found = { nothing: 0, everything: 0 }
    // Three files a chart, and then the index.
    const moments: ((names: readonly string[]) => boolean)[] = [
      (names) => names.length >= 1,
      (names) => names.length >= 8,
      (names) => names.length >= 15,
      (names) => names.includes('index.yaml'),
    ]
    for (const [round, isMoment] of moments.entries()) {
      const folder = join(scratch, `killed-${round}`)
      await killWhileWriting(folder, isMoment)
      const index = await readIndex(folder).catch(() => undefined)
      found[index === undefined ? 'nothing' : 'everything']++
      for (const [name, versions] of Object.entries(index?.entries ?? {}))
        for (const { version } of versions) {
          const archive = join(folder, `${name}-${version}.tgz`)
          expect((await useHelm('verify', archive, '--keyring', 'signer@localhost.pub')).exitCode).toBe(0)
        }
      if (round % 2 > 0) continue
      const repaired = await publish(folder)
      expect((await readIndex(folder)).entries).toMatchObject(
        Object.fromEntries(repaired.map(({ chart, version }) => [chart, [{ version }]])),
      )
    }
    console.log(`killed ${moments.length} times, found ${JSON.stringify(found)}`)
    expect(Math.min(found.nothing, found.everything)).toBeGreaterThan(0)
  }, 900_000)

  it('refuses while another one writes, and says so', async () => {
    const folder = join(scratch, 'busy')
    await mkdir(folder)
    // As the command holds it: one that is not refreshed for 2 s counts as left behind.
    const release = await lock(folder, { stale: 2_000, update: 1_000 })
    const { exitCode, stderr } = await run(['publish', folder, ...key()])
    await release()
    expect(exitCode).toBe(3)
    expect(stderr).toContain(
      `${folder}: another opencore is publishing to this folder  [BUSY]
  want  one writer at a time
  next  wait until it ends, then run the same command again
`,
    )
  })

  it('lets two runs at once end with one repository', async () => {
    const folder = join(scratch, 'twice')
    const both = await Promise.all([publish(folder), publish(folder)])
    expect(both.map(states).sort()).toEqual([['published'], ['was there']])
  })
})

/** What charts.lock says of a chart, which is what was reviewed. */
async function lockedDigest(chart: string): Promise<string> {
  const lock = parse(await readFile(join(workspace.folder, 'charts.lock'), 'utf8')) as Record<
    string,
    { digest: string }
  >
  return lock[chart]?.digest ?? ''
}

/** Kill a publish while it writes: once the names of its files say so. */
async function killWhileWriting(
  folder: string,
  isMoment: (names: readonly string[]) => boolean,
): Promise<void> {
  const entry = join(import.meta.dirname, '../../../../bin/opencore.mjs')
  const child = execa(process.execPath, [entry, 'publish', folder, ...key()], {
    ...{ cwd: workspace.folder, env, reject: false, stdin: 'ignore' },
  })
  while (child.exitCode === null && !isMoment(await readdir(folder).catch(() => [])))
    await new Promise((resolve) => setTimeout(resolve, 1))
  child.kill('SIGKILL')
  await child
}

describe.skipIf(!hasGnupg)('publish to a registry', () => {
  const address = () => `oci://${registry.host}/charts`

  it('refuses who has no login, and one that is wrong', async () => {
    const bare = await run(['publish', address(), ...key()])
    expect(bare.exitCode).toBe(2)
    expect(bare.stderr).toContain(
      `${address()}/banking-platform:0.2.1: ${registry.host} wants to know who asks, and no login for it is known  [REGISTRY_LOGIN]
  want  a login that may push here
  next  helm registry login ${registry.host}, or --username NAME --password-stdin < password.txt
`,
    )
    const wrong = await withPassword('not-the-password')
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toContain(
      `${address()}/banking-platform:0.2.1: HEAD https://${registry.host}/v2/charts/banking-platform/manifests/0.2.1 was answered with 401  [REGISTRY_LOGIN]
  want  a login that is right
  next  helm registry login ${registry.host}, or --username NAME --password-stdin < password.txt
`,
    )
    expect(wrong.stderr).not.toContain('not-the-password')
  })

  it('pushes what helm pulls and verifies, once logged in', async () => {
    const { exitCode } = await execa(
      helm,
      ['registry', 'login', registry.host, '--username', user.username, '--password-stdin'],
      { env, input: user.password },
    )
    expect(exitCode).toBe(0)
    // Handed over first, which pushes nothing.
    const folder = join(scratch, 'handed')
    const handed = await run(['publish', address(), ...key(), '--hand-over', folder, '-o', 'json'])
    expect(handed.exitCode, handed.stderr).toBe(0)
    const all = JSON.parse(handed.stdout) as Published[]
    expect(states(all)).toEqual(['handed over'])
    expect(all.find(({ chart }) => chart === 'service')?.reference).toBe(`${address()}/service:0.2.0`)
    expect((await readdir(folder)).filter((name) => name.startsWith('service-'))).toEqual([
      'service-0.2.0.cdx.json',
      'service-0.2.0.tgz',
      'service-0.2.0.tgz.prov',
    ])
    const published = await publish(address())
    expect(states(published)).toEqual(['published'])
    const pulled = await useHelm(
      ...[
        'pull',
        `${address()}/service`,
        '--version',
        '0.2.0',
        '--verify',
        '--keyring',
        'signer@localhost.pub',
      ],
    )
    expect(pulled.all).toContain('Signed by: signer@localhost')
    expect(pulled.all).toContain(published.find(({ chart }) => chart === 'service')?.reference.split('@')[1])
  })

  it('is not handed over for a folder, which needs nobody else', async () => {
    const { exitCode, stderr } = await run(['publish', 'site', ...key(), '--hand-over', 'handed'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`opencore publish: --hand-over with site, which is a folder  [HAND_OVER]
  want  a registry, which somebody else pushes to
  next  opencore publish site, which writes the same files there
`)
  })

  it('has the bill of materials of each beside it', async () => {
    const reference = (await publish(address())).find(({ chart }) => chart === 'redis')?.reference ?? ''
    const [repository = '', digest = ''] = reference.replace('oci://', '').split('@')
    const { stdout } = await execa('curl', [
      ...['--silent', '--cacert', trust.authority, '--user', `${user.username}:${user.password}`],
      `https://${registry.host}/v2/charts/${repository.split('/').at(-1) ?? ''}/manifests/${digest.replace(':', '-')}`,
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      manifests: [{ artifactType: 'application/vnd.cyclonedx+json' }],
    })
  })

  it('changes nothing when the same is published again', async () => {
    const [first, second] = [await publish(address()), await publish(address())]
    expect(states(first)).toEqual(['was there'])
    expect(second).toEqual(first)
  })

  it('refuses to change a version that is out, before anything is pushed', async () => {
    const partly = `oci://${registry.host}/partly`
    expect((await useHelm('push', join(scratch, `site/${umbrella}-0.2.1.tgz`), partly)).exitCode).toBe(0)
    const held = await lockedDigest(umbrella)
    await merge(`charts/${umbrella}/README.md`, more)
    const { exitCode, stderr } = await run(['publish', partly, ...key()])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      `charts/${umbrella}/Chart.yaml: ${umbrella} 0.2.1 is out at ${partly} and holds ${held}; here it holds ${await lockedDigest(umbrella)}  [VERSION_OUT]`,
    )
    expect((await useHelm('show', 'chart', `${partly}/service`, '--version', '0.2.0')).all).toContain(
      'not found',
    )
    await merge(`charts/${umbrella}/Chart.yaml`, setVersion('0.2.2'))
    expect(states(await publish(partly))).toEqual(['published'])
    expect((await useHelm('show', 'chart', `${partly}/${umbrella}`, '--version', '0.2.1')).exitCode).toBe(0)
  })

  it('is safe when two publish at once', async () => {
    const twice = `oci://${registry.host}/twice`
    const [one, two] = await Promise.all([publish(twice), publish(twice)])
    const contents = (published: readonly Published[]) => published.map(({ content }) => content)
    expect(contents(one)).toEqual(contents(two))
    expect(states(await publish(twice))).toEqual(['was there'])
  })

  const withPassword = async (password: string): Promise<Outcome> => {
    const args = ['publish', address(), ...key(), '--username', user.username, '--password-stdin']
    const entry = join(import.meta.dirname, '../../../../bin/opencore.mjs')
    const { exitCode, stdout, stderr } = await execa(process.execPath, [entry, ...args], {
      ...{ cwd: workspace.folder, env: { NO_COLOR: '1', ...env }, reject: false, input: password },
    })
    return { exitCode, stdout, stderr }
  }
})

describe.skipIf(!hasGnupg)('a registry that refuses', () => {
  const refusing = async (server: Server) => {
    server.listen({ host: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const { exitCode, stderr } = await run(['publish', `oci://${host}/charts`, ...key()])
    server.close()
    expect(exitCode).toBe(2)
    return stderr.replaceAll(host, 'HOST')
  }
  const answering = async (status: number, code: string) => {
    const [cert, privateKey] = await Promise.all([readFile(trust.certificate), readFile(trust.key)])
    return createServer({ cert, key: privateKey }, (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ errors: [{ code, message: 'said by the registry' }] }))
    })
  }

  it.each([
    [
      403,
      'DENIED',
      'REGISTRY_FORBIDDEN',
      'a login that may push here',
      'ask who owns the registry for the right to push to this path',
    ],
    [
      503,
      'UNAVAILABLE',
      'REGISTRY_FAILED',
      'a registry that works',
      'wait, then run the same command again: what is out already is skipped',
    ],
    [
      405,
      'UNSUPPORTED',
      'REGISTRY_REFUSED',
      'a registry that takes charts at this path',
      'see that the path exists there and takes OCI artifacts, then run the same command again',
    ],
  ])('with %i is told', async (status, said, code, wanted, next) => {
    expect(await refusing(await answering(status, said))).toContain(
      `HEAD https://HOST/v2/charts/banking-platform/manifests/0.2.2 was answered with ${status}  [${code}]
  want  ${wanted}
  next  ${next}
`,
    )
  })

  it('without TLS is told', async () => {
    expect(await refusing(createPlainServer())).toContain(
      `HOST cannot be trusted: http: server gave HTTP response to HTTPS client  [REGISTRY_TLS]
  want  TLS with a certificate that this machine trusts
  next  name the file of its authority in SSL_CERT_FILE, or mend its certificate
`,
    )
  })

  it('with a certificate of nobody is told', async () => {
    const other = await mkdtemp(join(scratch, 'other-'))
    const { certificate, key: privateKey } = await makeTrust(other)
    const [cert, own] = await Promise.all([readFile(certificate), readFile(privateKey)])
    expect(await refusing(createServer({ cert, key: own }))).toContain(
      'HOST cannot be trusted: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    )
  })

  it('at an address where nobody listens is told', async () => {
    const { exitCode, stderr } = await run(['publish', 'oci://127.0.0.1:9/charts', ...key()])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(
      `127.0.0.1:9 does not answer: dial tcp 127.0.0.1:9: connect: connection refused  [REGISTRY_UNREACHABLE]
  want  a registry that this machine reaches
  next  look at its name, the network and HTTPS_PROXY, then run the same command again
`,
    )
  })

  it('at an address that is none is told', async () => {
    const { stderr } = await run(['publish', 'oci://127.0.0.1:9/Charts', ...key()])
    expect(stderr).toContain(
      `127.0.0.1:9/Charts/banking-platform is no address of a repository  [REGISTRY_ADDRESS]
  want  oci://host/path in small letters, such as oci://registry.example.com/charts
  next  correct it
`,
    )
  })
})

describe.skipIf(!hasGnupg)('a key', () => {
  const refused = async (args: readonly string[], more: Record<string, string> = {}) => {
    const folder = join(scratch, 'unsigned')
    const { exitCode, stderr } = await run(['publish', folder, ...args], more)
    expect(exitCode).toBe(2)
    expect(await readdir(folder).catch(() => 'nothing')).toBe('nothing')
    return stderr
  }
  const fingerprint = async (name: string) => {
    const { stdout } = await execa('gpg', ['--with-colons', '--list-keys', name], { env })
    return (/^fpr:+([0-9A-F]{40}):/m.exec(stdout)?.[1] ?? '').toLowerCase()
  }

  it('that is missing is refused', async () => {
    const wanted = `
  want  a secret key as gpg exports it, in the file after --key or in OPENCORE_CHARTS_KEY
  next  gpg --export-secret-keys --armor NAME > charts.key, then: opencore publish ... --key charts.key
`
    expect(await refused([])).toContain(
      `opencore publish: no key to sign with was given  [KEY_MISSING]${wanted}`,
    )
    expect(await refused(['--key', 'no.key'])).toContain(
      `no.key: there is no such file  [KEY_MISSING]${wanted}`,
    )
  })

  it('that is past its time is refused', async () => {
    // gpg makes none that has expired: one of a day, made in the past.
    await execa(
      'gpg',
      [
        ...['--batch', '--passphrase', '', '--faked-system-time', '20200101T000000!'],
        ...['--quick-generate-key', 'old@localhost', 'rsa2048', 'sign', '1d'],
      ],
      { env },
    )
    const file = join(scratch, 'old@localhost.key')
    await execa('gpg', ['--output', file, '--export-secret-keys', 'old@localhost'], { env })
    expect(await refused(key('old@localhost'))).toContain(
      `the key ${await fingerprint('old@localhost')} expired on 2020-01-02  [KEY_EXPIRED]
  want  one secret key that signs today
  next  give it more time (gpg --quick-set-expire) and export it again, or sign with another key
`,
    )
  })

  it('that may sign other keys alone is refused', async () => {
    const name = 'certifier@localhost'
    await makeKey(name, 'never', { use: 'cert' })
    expect(await refused(key(name))).toContain(
      `what the key ${await fingerprint(name)} signs does not verify  [KEY_SIGNS_NOTHING]
  want  one secret key that signs today
  next  take a key whose primary key may sign (gpg says [SC])
`,
    )
  })

  it('that is public is refused', async () => {
    expect(await refused(['--key', join(scratch, 'signer@localhost.pub')])).toContain(
      `it is the public key ${await fingerprint('signer@localhost')}  [KEY_NOT_SECRET]
  want  one secret key that signs today
  next  export one secret key: gpg --export-secret-keys --armor NAME > charts.key
`,
    )
  })

  it('that is none is refused', async () => {
    const none = join(scratch, 'none.key')
    await writeFile(none, 'none')
    expect(await refused(['--key', none])).toContain(
      `${none}: it is not a key as gpg exports it  [KEY_UNREADABLE]
  want  one secret key that signs today
  next  gpg --export-secret-keys --armor NAME > charts.key
`,
    )
  })

  it('that the passphrase does not open is refused, and one that it opens signs', async () => {
    const passphrase = randomBytes(12).toString('hex')
    await makeKey('locked@localhost', 'never', { passphrase })
    const stderr = await refused(key('locked@localhost'), { OPENCORE_CHARTS_PASSPHRASE: 'another-one' })
    expect(stderr).toContain(
      `the passphrase does not open the key ${await fingerprint('locked@localhost')}  [KEY_LOCKED]
  want  one secret key that signs today
  next  put its passphrase into OPENCORE_CHARTS_PASSPHRASE
`,
    )
    expect(stderr).not.toContain('another-one')
    const { stdout } = await execa(
      'gpg',
      [
        ...['--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase],
        ...['--armor', '--export-secret-keys', 'locked@localhost'],
      ],
      { env },
    )
    const given = { OPENCORE_CHARTS_KEY: stdout, OPENCORE_CHARTS_PASSPHRASE: passphrase }
    const signed = await run(['publish', join(scratch, 'locked'), '-o', 'json'], given)
    expect(signed.stderr).toContain(`signed by locked@localhost, ${await fingerprint('locked@localhost')}`)
    expect(signed.stderr).not.toContain(passphrase)
    expect(signed.exitCode).toBe(0)
  })

  it('that was revoked is refused', async () => {
    const file = await revoke()
    expect(await refused(['--key', file])).toMatch(
      /the key [0-9a-f]{40} was revoked {2}\[KEY_REVOKED\]\n {2}want {2}one secret key that signs today\n {2}next {2}sign with another key, and tell those who verify\n/,
    )
  })

  /** gpg keeps a certificate of revocation beside each key, with a colon before it lest anybody import it by mistake. */
  async function revoke(): Promise<string> {
    await makeKey('revoked@localhost', 'never')
    const certificate = join(
      env['GNUPGHOME'] ?? '',
      'openpgp-revocs.d',
      `${(await fingerprint('revoked@localhost')).toUpperCase()}.rev`,
    )
    const input = (await readFile(certificate, 'utf8')).replace(':-----BEGIN', '-----BEGIN')
    await execa('gpg', ['--batch', '--import'], { env, input })
    const file = join(scratch, 'revoked.key')
    await execa('gpg', ['--output', file, '--export-secret-keys', 'revoked@localhost'], { env })
    return file
  }
})

describe.skipIf(!hasGnupg)('sources', () => {
  it('that are not committed are not published', async () => {
    const file = join(workspace.folder, 'charts/redis/README.md')
    const text = await readFile(file, 'utf8')
    await writeFile(file, more(text))
    const { exitCode, stderr } = await run(['publish', join(scratch, 'dirty'), ...key()])
    await writeFile(file, text)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('[SOURCE_CHANGED]')
  })

  it('that hold something else than charts.lock says are not published', async () => {
    const lockFile = join(workspace.folder, 'charts.lock')
    await writeFile(lockFile, (await readFile(lockFile, 'utf8')).replace(/sha256:./, 'sha256:x'))
    const { exitCode, stderr } = await run(['publish', join(scratch, 'stale'), ...key()])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      `charts.lock: the generated file is not what its sources say  [STALE]
  want  generated files that agree with their sources
  next  run: opencore package
`,
    )
  })
})
