import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasGnupg } from '../e2e/opencore.ts'
import { digestPackage } from '../package/digest-package.ts'
import { askPublisher } from './ask-publisher.ts'
import type { ChartPackage } from './chart-package.ts'
import { DEFAULTS } from './chart-images.ts'
import { forgeVersion, types, type Blob } from './forge-version.ts'
import { printBill } from './print-bill.ts'
import { signPackages } from './sign-packages.ts'
import { makeTrust, startRegistry } from './start-registry.ts'
import { publishToFolder } from './to-folder.ts'
import { publishToRegistry } from './to-registry.ts'

// What somebody with the right to push, and without the platform's key, puts in the place of what was published.

const user = { username: 'publisher', password: randomBytes(18).toString('hex') }
const epoch = 1_700_000_000
let scratch = ''
let env: Record<string, string> = {}
let publisher = ''
let authority = ''
let registry: Awaited<ReturnType<typeof startRegistry>>
let ours: ChartPackage

beforeAll(async () => {
  if (!hasGnupg) return
  ;({ publisher = '' } = await ensureTools(['publisher', 'registry'], console.error))
  scratch = await mkdtemp(join(tmpdir(), 'opencore-out-'))
  env = { GNUPGHOME: join(scratch, 'gnupg') }
  await mkdir(join(scratch, 'gnupg'), { mode: 0o700 })
  await makeKey('signer', 'seconds=100000')
  await makeKey('stranger', 'never')
  ours = await makePackage()
  const trust = await makeTrust(scratch)
  authority = trust.authority
  process.env['SSL_CERT_FILE'] = authority
  registry = await startRegistry(trust, user)
})
afterAll(async () => {
  if (!hasGnupg) return
  await execa('gpgconf', ['--kill', 'gpg-agent'], { env })
  await registry.stop()
  await rm(scratch, { recursive: true, force: true })
})

async function makeKey(name: string, expires: string): Promise<void> {
  const secret = ['--batch', '--passphrase', '']
  await execa('gpg', [...secret, '--quick-generate-key', name, 'rsa2048', 'sign', expires], { env })
  await execa('gpg', [...secret, '--output', fileOf(name), '--export-secret-keys', name], { env })
}

const fileOf = (name: string) => join(scratch, `${name}.key`)
const readKey = (name: string) => readFile(fileOf(name))

async function fingerprint(name: string): Promise<string> {
  const { stdout } = await execa('gpg', ['--with-colons', '--list-keys', name], { env })
  return (/^fpr:+([0-9A-F]{40}):/m.exec(stdout)?.[1] ?? '').toLowerCase()
}

async function sign(archive: string, name: string): Promise<string> {
  const key = { key: await readKey(name), passphrase: '' }
  return (await signPackages([archive], key, undefined, publisher)).provenance[archive] ?? ''
}

const chart = {
  ...{ name: 'tiny', version: '1.2.3', type: 'application' as const, folder: 'charts/tiny' },
  ...{ dependencies: [], components: [], manifest: { name: 'tiny', version: '1.2.3' } },
}
const billOf = (repository: string, name = 'tiny', cases = [DEFAULTS]) =>
  printBill({ ...chart, name }, [{ repository, tag: '1', digest: undefined, cases }], epoch)

async function makePackage(): Promise<ChartPackage> {
  await mkdir(join(scratch, 'tiny'))
  await writeFile(join(scratch, 'tiny/Chart.yaml'), 'apiVersion: v2\nname: tiny\nversion: 1.2.3\n')
  const archive = join(scratch, 'tiny-1.2.3.tgz')
  await execa('tar', ['-czf', archive, '--format=ustar', 'tiny/Chart.yaml'], { cwd: scratch })
  const content = digestPackage(await readFile(archive))
  return { chart, archive, content, provenance: await sign(archive, 'signer'), bill: billOf('example/tiny') }
}

/** Other bytes of the same content, as another machine's compression makes them. */
async function pack(): Promise<string> {
  const archive = join(await mkdtemp(join(scratch, 'again-')), 'tiny-1.2.3.tgz')
  await writeFile(archive, gzipSync(gunzipSync(await readFile(ours.archive)), { level: 1 }))
  return archive
}

const refuses = (publish: () => Promise<unknown>, findings: readonly object[]) =>
  expect(publish()).rejects.toMatchObject({ findings })

const wanted =
  'one that the key after --key, or one in --keyring, made about these very bytes: helm install --verify takes no other'
const anew =
  'find out who put it there; then raise `version` in charts/tiny/Chart.yaml, and: opencore package'
const bad = (file: string, found: string, next = anew) => ({
  ...{ code: 'PROVENANCE_BAD', severity: 'error', at: { file }, wanted, next },
  found: `the provenance of tiny 1.2.3 ${found}`,
})
const missing = (file: string) => ({
  ...{ code: 'PROVENANCE_MISSING', severity: 'error', at: { file }, wanted, next: anew },
  found: 'tiny 1.2.3 is out without its provenance',
})
const differs = (file: string, says: string) => ({
  ...{ code: 'BILL_DIFFERS', severity: 'error', at: { file } },
  found: `a bill of materials beside tiny 1.2.3 ${says}`,
  wanted: 'what the package itself names by its default values',
  next: 'find out who put it there and remove it; or raise `version` in charts/tiny/Chart.yaml, then: opencore package',
})
const byStranger = async (file: string) =>
  bad(
    file,
    `is signed with the key ${await fingerprint('stranger')}`,
    `where that key signed for the platform before: gpg --export KEY > charts.pub, then: opencore publish ... --keyring charts.pub; else ${anew}`,
  )

describe.skipIf(!hasGnupg)('a version in a registry', () => {
  let count = 0
  /** What somebody pushed to a path of its own, and what comes of publishing there. */
  async function find(
    pushed: { provenance: string; archive?: string; bills?: string[] },
    more: Buffer[] = [],
  ) {
    const path = `${registry.host}/out-${++count}`
    const place = { repository: `${path}/tiny`, version: '1.2.3', ...user, created: epoch }
    const { provenance, archive = ours.archive, bills = [] } = pushed
    const answer = await askPublisher(publisher, 'push', { ...place, package: archive, provenance })
    if ('refusal' in answer) throw new Error(answer.refusal.detail)
    for (const bill of bills)
      await askPublisher(publisher, 'attach', { ...place, digest: answer.version.digest, bill })
    const keyring = { publisher, keys: [await readKey('signer'), ...more] }
    const to = { address: `oci://${path}`, login: user, keyring, epoch }
    return {
      at: `oci://${path}/tiny:1.2.3`,
      publish: () => publishToRegistry([ours], to, () => undefined),
    }
  }

  it('that we published is there, with one bill, however often it is published', async () => {
    const { publish } = await find({ provenance: ours.provenance })
    expect(await publish()).toMatchObject([{ state: 'was there' }])
    expect(await publish()).toMatchObject([{ state: 'was there' }])
  })

  it('without provenance is refused', async () => {
    const { at, publish } = await find({ provenance: '' })
    await refuses(publish, [missing(at)])
  })

  it('that another key signed is refused, and taken where it is named', async () => {
    const provenance = await sign(ours.archive, 'stranger')
    const { at, publish } = await find({ provenance })
    await refuses(publish, [await byStranger(at)])
    const known = await find({ provenance }, [await readKey('stranger')])
    expect(await known.publish()).toMatchObject([{ state: 'was there' }])
  })

  it('with provenance of other bytes is refused', async () => {
    const { at, publish } = await find({ provenance: ours.provenance, archive: await pack() })
    await refuses(publish, [bad(at, 'is about other bytes than these')])
  })

  it('with provenance that was changed, or is none, is refused', async () => {
    const changed = await find({ provenance: ours.provenance.replace('name: tiny', 'name: tinY') })
    const text = 'has a signature that does not fit its text'
    await refuses(changed.publish, [bad(changed.at, text)])
    const none = await find({ provenance: 'none' })
    await refuses(none.publish, [bad(none.at, 'has no signature')])
  })

  it('with a bill about something else beside ours is refused', async () => {
    const bills = [ours.bill, billOf('example/other')]
    const { at, publish } = await find({ provenance: ours.provenance, bills })
    await refuses(publish, [differs(at, 'names example/other:1, which the package does not run')])
  })

  describe('that helm push does not make', () => {
    const config = { mediaType: types.config, content: JSON.stringify(chart.manifest) }
    const provenance = () => ({ mediaType: types.provenance, content: ours.provenance })
    const chartOf = async (archive: string): Promise<Blob> => ({
      mediaType: types.chart,
      content: await readFile(archive),
    })
    const good = async () => [await chartOf(ours.archive), provenance()]

    /** Publishing over what somebody made by hand. */
    async function forge(pushed: { config?: Blob; layers: readonly Blob[]; more?: object }) {
      const path = `forged-${++count}`
      const { host } = registry
      await forgeVersion({ host, path: `${path}/tiny`, authority, user }, '1.2.3', { config, ...pushed })
      const keyring = { publisher, keys: [await readKey('signer')] }
      const to = { address: `oci://${host}/${path}`, login: user, keyring, epoch }
      return {
        at: `oci://${host}/${path}/tiny:1.2.3`,
        publish: () => publishToRegistry([ours], to, () => undefined),
      }
    }
    const noChart = (file: string, says: string) => ({
      ...{ code: 'REGISTRY_NO_CHART', severity: 'error', at: { file } },
      found: `what is out is not as helm push makes it: ${says}`,
      wanted: "an image manifest with Helm's config, one chart and its provenance, and nothing else",
      next: 'find out who put it there and remove it; or raise `version` in its Chart.yaml, then: opencore package',
    })

    it('is taken with the same layers', async () => {
      const { publish } = await forge({ layers: await good() })
      expect(await publish()).toMatchObject([{ state: 'was there' }])
    })

    it('is refused with another chart before ours, of which Helm takes one and a reader another', async () => {
      const { at, publish } = await forge({ layers: [await chartOf(await pack()), ...(await good())] })
      await refuses(publish, [noChart(at, `it has two layers ${types.chart}`)])
    })

    it('is refused with a layer that Helm leaves alone, or without a chart', async () => {
      const mediaType = 'application/tar+gzip'
      const other = await forge({ layers: [...(await good()), { mediaType, content: 'x' }] })
      await refuses(other.publish, [noChart(other.at, `it has a layer ${mediaType}`)])
      const none = await forge({ layers: [provenance()] })
      await refuses(none.publish, [noChart(none.at, `it has no layer ${types.chart}`)])
    })

    it('is refused with a config that is not Helm’s', async () => {
      const mediaType = 'application/vnd.oci.image.config.v1+json'
      const { at, publish } = await forge({ config: { mediaType, content: '{}' }, layers: await good() })
      await refuses(publish, [noChart(at, `its config is ${mediaType}`)])
    })

    it('is refused as an index, and with a field that others may read', async () => {
      const mediaType = 'application/vnd.oci.image.index.v1+json'
      const none = { config: undefined, layers: undefined }
      const index = await forge({ layers: [], more: { ...none, mediaType, manifests: [] } })
      await refuses(index.publish, [noChart(index.at, `it is ${mediaType}`)])
      // An index in the same text, where a registry lets it in, is one more such field.
      const both = await forge({ layers: await good(), more: { blobs: [] } })
      await refuses(both.publish, [noChart(both.at, 'json: unknown field "blobs"')])
    })
  })

  it('with a bill that is too long is refused', async () => {
    // Blanks at its end: what it says is ours.
    const bills = [ours.bill + ' '.repeat(4 << 20)]
    const { at, publish } = await find({ provenance: ours.provenance, bills })
    await refuses(publish, [differs(at, 'is none')])
  })

  it('is refused with a keyring that is none', async () => {
    const { publish } = await find({ provenance: ours.provenance }, [Buffer.from('none')])
    await refuses(publish, [
      {
        ...{ code: 'KEYRING_UNREADABLE', severity: 'error', at: { file: '--keyring' } },
        found: 'it is not a key as gpg exports it',
        wanted: 'public keys as gpg exports them',
        next: 'gpg --export NAME > charts.pub, then: opencore publish ... --keyring charts.pub',
      },
    ])
  })
})

describe.skipIf(!hasGnupg)('a version in a folder', () => {
  async function find(files: Record<string, string | undefined>) {
    const folder = await mkdtemp(join(scratch, 'site-'))
    const bytes = await readFile(ours.archive)
    const digest = createHash('sha256').update(bytes).digest('hex')
    const entries = { tiny: [{ version: '1.2.3', digest, created: '2023-11-14T22:13:20.000Z' }] }
    const all = { 'tgz.prov': ours.provenance, 'cdx.json': ours.bill, ...files }
    await writeFile(join(folder, 'index.yaml'), JSON.stringify({ entries }))
    await writeFile(join(folder, 'tiny-1.2.3.tgz'), bytes)
    for (const [end, text] of Object.entries<string | undefined>(all))
      if (text !== undefined) await writeFile(join(folder, `tiny-1.2.3.${end}`), text)
    const keyring = { publisher, keys: [await readKey('signer')] }
    const to = { folder, named: 'site', helm: '', keyring, epoch }
    return { folder, publish: () => publishToFolder([ours], to) }
  }

  it('that we published is there', async () => {
    expect(await (await find({})).publish()).toMatchObject([{ state: 'was there' }])
  })

  it('without provenance, or with a stranger’s, is refused', async () => {
    const at = 'site/tiny-1.2.3.tgz.prov'
    await refuses((await find({ 'tgz.prov': undefined })).publish, [missing(at)])
    const other = await find({ 'tgz.prov': await sign(ours.archive, 'stranger') })
    await refuses(other.publish, [await byStranger(at)])
  })

  it.each([
    ['that is none', 'none', 'is none'],
    ['of another chart', billOf('example/tiny', 'other'), 'is about other 1.2.3'],
    [
      'without an image',
      billOf('example/tiny', 'tiny', ['ci/one-values.yaml']),
      'does not name example/tiny:1, which the package runs',
    ],
  ])('with a bill %s is refused', async (_, bill, says) => {
    const { publish } = await find({ 'cdx.json': bill })
    await refuses(publish, [differs('site/tiny-1.2.3.cdx.json', says)])
  })

  it('without its bill gets it', async () => {
    const { folder, publish } = await find({ 'cdx.json': undefined })
    expect(await publish()).toMatchObject([{ state: 'was there' }])
    expect(await readFile(join(folder, 'tiny-1.2.3.cdx.json'), 'utf8')).toBe(ours.bill)
  })
})
