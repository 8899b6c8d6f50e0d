import { readCharts } from '@opencore/charts'
import { ensureTools } from '@opencore/toolchain'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildPackages } from './build-packages.ts'

// Two small charts, one inside of the other, and packages that were built before.

let scratch = ''
let helm = ''
let round = 0
const root = () => join(scratch, `root-${round}`)
const kept = () => join(scratch, `cache-${round}`, 'results')

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-build-'))
  ;({ helm = '' } = await ensureTools(['helm'], console.error))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(scratch, { recursive: true })
})
beforeEach(async () => {
  round++
  vi.stubEnv('OPENCORE_CACHE', join(scratch, `cache-${round}`))
  const depends = '  - { name: inner, version: 0.1.0, repository: "file://../inner" }\n'
  await write('charts/outer/Chart.yaml', `${manifest('outer')}dependencies:\n${depends}`)
  await write('charts/inner/Chart.yaml', manifest('inner'))
  await write('charts/inner/values.yaml', 'a: 1\n')
})

const manifest = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root(), file)), { recursive: true })
  await writeFile(join(root(), file), text)
}

/** The digest of the package of `outer`. */
async function build(more: { epoch?: number; versions?: Record<string, string> } = {}): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'packages-'))
  const charts = await readCharts(root())
  await buildPackages(folder, { root: root(), charts, helm, epoch: 1_700_000_000, ...more })
  const version = more.versions?.['outer'] ?? '0.1.0'
  return digest(await readFile(join(folder, `outer-${version}.tgz`)))
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe(buildPackages, () => {
  it('takes what was packaged before, and packages again where that is damaged', async () => {
    const first = await build()
    const names = await readdir(kept())
    expect(names).toHaveLength(2)
    expect(await build()).toBe(first)
    for (const name of names) await writeFile(join(kept(), name), '{"value":')
    expect(await build()).toBe(first)
    expect(await readdir(kept())).toEqual(names)
  })

  it.each([
    ['a value of a chart inside of it', () => write('charts/inner/values.yaml', 'a: 2\n'), {}],
    ['a file that it did not have', () => write('charts/outer/templates/more.yaml', ''), {}],
    ['another date', () => Promise.resolve(), { epoch: 1_800_000_000 }],
    ['another version', () => Promise.resolve(), { versions: { outer: '0.1.1' } }],
  ])('sees %s', async (_, change, more) => {
    const before = await build()
    await change()
    const after = await build(more)
    expect(after).not.toBe(before)
    vi.stubEnv('OPENCORE_CACHE', join(scratch, `fresh-${round}`))
    expect(await build(more)).toBe(after)
  })
})
