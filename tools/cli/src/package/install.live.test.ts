import { startCluster, type Cluster, type KubernetesObject } from '@opencore/cluster'
import { mergeValues, printYaml, type JsonObject } from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { digestPackage } from './digest-package.ts'
import { lackOf } from './lack-of.ts'
import { readCharts, type ChartFolder } from '@opencore/charts'
import { hasGnupg, root } from '../e2e/opencore.ts'
import type { SigningKey } from '../publish/read-key.ts'
import { signPackages } from '../publish/sign-packages.ts'
import { makeTrust, startRegistry } from '../publish/start-registry.ts'
import { publishToRegistry } from '../publish/to-registry.ts'
import { readReleases } from '@opencore/renderer'
import { prepareSpec } from '../up/prepare-spec.ts'
import { packageCharts } from './package-charts.ts'
import { readEpoch } from './read-epoch.ts'
import { serveCharts } from './serve-charts.ts'

// What people do who have Helm and no Argo CD, with the real helm, against an API server where nothing else syncs.

const all = (await readCharts(root)).filter(({ type }) => type === 'application')
/** The umbrella last: it takes over the namespaces that foundation leaves. */
const charts = all.toSorted((a, b) => a.components.length - b.components.length)
const releases = readReleases(root)
const apis = await loadApiCatalogue(() => undefined)
/** What Kubernetes lets a Secret hold is 1 MiB; the rest is for charts to come. */
const LARGEST_RELEASE = 700 * 1024

let scratch = ''
let cluster: Cluster
let server: Server
let address = ''
const credentials = { username: 'installer', password: randomBytes(24).toString('base64url') }
let helm: (args: readonly string[], input?: string) => Promise<{ exitCode?: number; output: string }>

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-install-'))
  const prepared = await prepareSpec(root, [], console.error)
  const { helm: binary = '' } = await ensureTools(['helm', 'publisher', 'registry'], console.error)
  const spec = {
    ...prepared.spec,
    environments: [{ name: 'helm', zones: ['zone-a', 'zone-b', 'zone-c'], nodesPerZone: 2 }],
  }
  cluster = await startCluster(scratch, spec, 'helm')
  const folder = join(scratch, 'charts')
  await packageCharts(folder, { root, charts, helm: binary, epoch: await readEpoch(root) })
  server = await serveCharts(folder, 0, credentials)
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = {
    KUBECONFIG: cluster.kubeconfig,
    HELM_CACHE_HOME: join(scratch, 'helm/cache'),
    HELM_CONFIG_HOME: join(scratch, 'helm/config'),
    HELM_DATA_HOME: join(scratch, 'helm/data'),
  }
  helm = async (args, input = '') => {
    const { exitCode, all } = await execa(binary, args, { env, input, all: true, reject: false })
    return { ...(exitCode !== undefined && { exitCode }), output: all }
  }
})
afterAll(async () => {
  server.close()
  await cluster.stop()
  await rm(scratch, { recursive: true, force: true })
})

/** Run helm and expect it to succeed; gives what it printed. */
async function succeed(...args: string[]): Promise<string> {
  const { exitCode, output } = await helm(args)
  expect(exitCode, `helm ${args.join(' ')}\n${output}`).toBe(0)
  return output
}

describe('a private chart repository', () => {
  const add = (password: string) =>
    helm(
      ['repo', 'add', 'opencore', address, '--username', credentials.username, '--password-stdin'],
      password,
    )

  it.each([
    ['no password', () => helm(['repo', 'add', 'opencore', address])],
    ['a wrong password', () => add('wrong')],
  ])('refuses %s, and helm names repository and reason', async (_, attempt) => {
    const { exitCode, output } = await attempt()
    expect(exitCode).toBe(1)
    expect(output).toContain(`failed to fetch ${address}/index.yaml : 401 Unauthorized`)
  })

  it('gives its charts to whoever knows the password, which helm does not say', async () => {
    const { exitCode, output } = await add(credentials.password)
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: '"opencore" has been added to your repositories',
    })
    const found = JSON.parse(await succeed('search', 'repo', 'opencore/', '-o', 'json')) as { name: string }[]
    expect(found.map(({ name }) => name)).toEqual(all.map(({ name }) => `opencore/${name}`))
  })
})

describe.each(charts)('$name', (chart) => {
  const { name, version, components } = chart
  const isUmbrella = components.length > 0

  it('is installed, tested, upgraded, rolled back and uninstalled', async ({ skip }) => {
    const lack = lackOf(chart, all, apis)
    if (lack !== undefined) skip(`needs ${lack}`)
    const { release, namespace, values } = await finalValues(chart)
    const [least = ''] = await casesOf(chart)
    const file = await writeValues(`${name}.yaml`, values)
    const at = ['--namespace', namespace]
    const waiting = ['--wait', '--timeout', '2m']
    const source = [`opencore/${name}`, '--version', version, ...at, ...waiting]
    // Foundation in an umbrella governs the namespace that the release itself is in.
    const taking = isUmbrella ? ['--take-ownership'] : []

    await succeed('install', release, ...source, '--create-namespace', ...taking, '--values', least)
    await succeed('test', release, ...at, '--timeout', '2m')
    await succeed('upgrade', release, ...source, ...taking, '--values', file)
    expect(await sizeOf(release, namespace, 2)).toBeLessThan(LARGEST_RELEASE)
    await succeed('test', release, ...at, '--timeout', '2m')
    const final = await manifestOf(release, at, 2)
    expect(await findMissing(final, namespace)).toEqual([])

    await succeed('rollback', release, '1', ...at, ...waiting)
    const first = await manifestOf(release, at, 1)
    expect(await manifestOf(release, at, 3)).toEqual(first)
    expect(await findMissing(first, namespace)).toEqual([])

    await succeed('uninstall', release, ...at, ...waiting)
    const kept = first.filter(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'] === 'keep')
    expect(await findMissing(first, namespace)).toHaveLength(first.length - kept.length)
    expect(await findMissing(kept, namespace)).toEqual([])
  })
})

describe.skipIf(!hasGnupg)('an OCI registry', () => {
  it('gives what publish brought there, and helm verifies who signed it', async ({ skip }) => {
    const chart = charts.find(({ name }) => name === 'service')
    if (!chart) throw new Error('there is no chart for services')
    const lack = lackOf(chart, all, apis)
    if (lack !== undefined) skip(`needs ${lack}`)
    const trust = await makeTrust(scratch)
    const registry = await startRegistry(trust, credentials)
    try {
      const archive = join(scratch, 'charts', `${chart.name}-${chart.version}.tgz`)
      const { publisher = '' } = await ensureTools(['publisher'], console.error)
      const signer = await makeKey()
      const { provenance } = await signPackages([archive], signer, undefined, publisher)
      const one = { chart, archive, content: digestPackage(await readFile(archive)), bill: '{}' }
      const address = `oci://${registry.host}/charts`
      process.env['SSL_CERT_FILE'] = trust.authority
      await publishToRegistry(
        [{ ...one, provenance: provenance[archive] ?? '' }],
        {
          address,
          login: credentials,
          keyring: { publisher, keys: [signer.key] },
          epoch: await readEpoch(root),
        },
        console.error,
      )
      const login = [
        'registry',
        'login',
        registry.host,
        '--username',
        credentials.username,
        '--password-stdin',
      ]
      expect(await helm(login, credentials.password)).toMatchObject({ exitCode: 0 })
      const [least = ''] = await casesOf(chart)
      const at = ['--namespace', 'from-registry', '--create-namespace', '--wait', '--timeout', '2m']
      const source = [`${address}/service`, '--version', chart.version]
      const verified = ['--verify', '--keyring', join(scratch, 'charts.pub')]
      await succeed('install', 'from-registry', ...source, ...verified, ...at, '--values', least)
      await succeed('uninstall', 'from-registry', '--namespace', 'from-registry', '--wait')
    } finally {
      delete process.env['SSL_CERT_FILE']
      await registry.stop()
    }
  })

  async function makeKey(): Promise<SigningKey> {
    const env = { GNUPGHOME: await mkdtemp(join(scratch, 'gnupg-')) }
    const name = 'charts@localhost'
    await execa(
      'gpg',
      ['--batch', '--passphrase', '', '--quick-generate-key', name, 'rsa2048', 'sign', 'never'],
      { env },
    )
    const save = async (option: string, file: string) =>
      execa('gpg', ['--output', join(scratch, file), option, name], { env })
    await save('--export', 'charts.pub')
    await save('--export-secret-keys', 'charts.key')
    const key = await readFile(join(scratch, 'charts.key'))
    await execa('gpgconf', ['--kill', 'gpg-agent'], { env })
    return { key, passphrase: '' }
  }
})

describe('README.md', () => {
  it('says commands that work as they stand', async () => {
    await removeKeptNamespaces()
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const section = readme.split('\n## ').find((part) => part.startsWith('Install without Argo CD')) ?? ''
    const lines = [...section.matchAll(/^helm (?!repo).*dist\/repository.*$|^helm test .*$/gm)].map(
      ([line]) => line,
    )
    expect(lines).toHaveLength(4)
    for (const line of lines) {
      const [, ...words] = line.split(' ')
      await succeed(...words.map((word) => fromRoot(word)), '--timeout', '2m')
    }
  })
})

/** A path of the README: in this checkout, or the package of this test that the shell would find. */
function fromRoot(word: string): string {
  const packed = /^dist\/repository\/(.+)-\*\.tgz$/.exec(word)?.[1]
  const version = charts.find(({ name }) => name === packed)?.version
  if (packed !== undefined) return join(scratch, 'charts', `${packed}-${version}.tgz`)
  return /^(argocd|charts)\//.test(word) ? join(root, word) : word
}

/** What a person does by hand who is done with a platform: namespaces outlive their release. */
async function removeKeptNamespaces(): Promise<void> {
  const kind = { apiVersion: 'v1', kind: 'Namespace' }
  const list = async () => {
    const { items } = await cluster.client.list<KubernetesObject>(kind)
    return items.filter(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'] === 'keep')
  }
  for (const { metadata } of await list()) await cluster.client.delete({ ...kind, metadata })
  await expect.poll(list, { timeout: 60_000, interval: 250 }).toEqual([])
}

/** A chart's own cases, the least first. */
async function casesOf({ folder, components }: ChartFolder): Promise<string[]> {
  const files = await glob(`${folder}/ci/*-values.yaml`, { cwd: root, absolute: true })
  const first = (file: string) => (/\/(minimal|bank)-values/.test(file) ? 0 : 1)
  return files
    .sort((a, b) => first(a) - first(b) || (a < b ? -1 : 1))
    .slice(0, components.length > 0 ? 1 : undefined)
}

/** A release of the chart in an environment, with what it runs with there; without one, a case of the chart. */
async function finalValues(
  chart: ChartFolder,
): Promise<{ release: string; namespace: string; values: JsonObject }> {
  if (chart.components.length > 0) {
    const parts = chart.components.map(async ({ name, chart: component }) => {
      const found = charts.find((candidate) => candidate.name === component)
      const { values = {} } = found ? await finalValues(found) : {}
      return [name, { enabled: true, ...values }] as const
    })
    return {
      release: 'bank',
      namespace: 'banking-services',
      values: mergeValues(Object.fromEntries(await Promise.all(parts)), dataUnpinned),
    }
  }
  const own = releases.ok ? releases.value.find((release) => release.chart === chart.name) : undefined
  const [fallback = ''] = (await casesOf(chart)).slice(-1)
  const values = parse(await readFile(own ? join(root, own.valuesFile) : fallback, 'utf8')) as JsonObject
  const { release = chart.name, namespace = `test-${chart.name}` } = own ?? {}
  return { release, namespace, values }
}

/** The images of databases have no digest by default, which control A9 refuses to pods of `helm test`. */
const dataUnpinned = { foundation: { namespaces: { 'banking-services': { controls: 'warn' } } } }

async function writeValues(name: string, values: JsonObject): Promise<string> {
  const file = join(scratch, name)
  await writeFile(file, printYaml(values))
  return file
}

async function manifestOf(
  release: string,
  at: readonly string[],
  revision: number,
): Promise<KubernetesObject[]> {
  const text = await succeed('get', 'manifest', release, ...at, '--revision', String(revision))
  return parseAllDocuments(text).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? [])
}

/** Those of these objects that the API server does not have. */
async function findMissing(objects: readonly KubernetesObject[], namespace: string): Promise<string[]> {
  const found = await Promise.all(
    objects.map(async (object) => {
      const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? namespace }
      return cluster.client.get({ ...object, metadata })
    }),
  )
  return objects
    .filter((_, index) => found[index] === undefined)
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
}

/** Bytes that helm keeps of a revision, compressed and encoded as it does that. */
async function sizeOf(release: string, namespace: string, revision: number): Promise<number> {
  const metadata = { name: `sh.helm.release.v1.${release}.v${revision}`, namespace }
  const secret = await cluster.client.get<KubernetesObject>({ apiVersion: 'v1', kind: 'Secret', metadata })
  const { release: encoded = '' } = secret?.['data'] as { release?: string }
  const size = Buffer.from(encoded, 'base64').length
  console.log(`${release}: the release Secret has ${(size / 1024).toFixed(0)} KiB`)
  return size
}
