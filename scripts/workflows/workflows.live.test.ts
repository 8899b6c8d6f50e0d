import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { glob } from 'tinyglobby'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ensurePythonTool } from '../python-tools/ensure-python-tool.ts'

// What GitHub would make of the workflows (actionlint), and what an intruder could (zizmor). Each fixture is one mistake.

const root = join(import.meta.dirname, '../..')
const fixtures = join(import.meta.dirname, 'fixtures')

let actionlint = ''
beforeAll(async () => {
  ;({ actionlint = '' } = await ensureTools(['actionlint'], console.error))
})

/** A line each: `file:line: rule: message`. */
async function askActionlint(files: readonly string[]): Promise<string[]> {
  // The shell's and Python's own linters are on some machines and not on others.
  const args = ['-no-color', '-shellcheck=', '-pyflakes=', '-format', '{{json .}}', ...files]
  const { stdout } = await execa(actionlint, args, { cwd: root, reject: false })
  const findings = JSON.parse(stdout) as { filepath: string; line: number; kind: string; message: string }[]
  return findings.map(
    ({ filepath, line, kind, message }) => `${basename(filepath)}:${line}: ${kind}: ${message}`,
  )
}

async function askZizmor(zizmor: string, paths: readonly string[]): Promise<string[]> {
  const args = ['--offline', '--quiet', '--persona=pedantic', '--format=json-v1', ...paths]
  const { stdout } = await execa(zizmor, args, { cwd: root, reject: false })
  interface Location {
    symbolic: { kind: string; key: { Local?: { verbatim_path: string } } }
    concrete: { location: { start_point: { row: number } } }
  }
  const findings = JSON.parse(stdout) as { ident: string; desc: string; locations: Location[] }[]
  return findings
    .map(({ ident, desc, locations }) => {
      const { symbolic, concrete } = locations.find((one) => one.symbolic.kind === 'Primary') ?? {}
      const row = (concrete?.location.start_point.row ?? 0) + 1
      return `${basename(symbolic?.key.Local?.verbatim_path ?? '')}:${row}: ${ident}: ${desc}`
    })
    .sort()
}

describe('actionlint', async () => {
  it('finds nothing in the workflows', async () => {
    expect(await askActionlint(await glob('.github/workflows/*.yaml', { cwd: root }))).toEqual([])
  })

  it.each(await glob('actionlint/*.yaml', { cwd: fixtures }))('refuses %s', async (file) => {
    const said = await askActionlint([join(fixtures, file)])
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot(join(fixtures, file.replace('.yaml', '.txt')))
  })
})

describe('zizmor', async () => {
  const { path = '', lack } = await ensurePythonTool('zizmor', join(import.meta.dirname, 'requirements.txt'))

  it('finds nothing in the workflows and actions', async ({ skip }) => {
    if (lack !== undefined) skip(lack)
    expect(await askZizmor(path, ['.github'])).toEqual([])
  })

  it.for(await glob('zizmor/*.yaml', { cwd: fixtures }))('refuses %s', async (file, { skip }) => {
    if (lack !== undefined) skip(lack)
    const said = await askZizmor(path, [join(fixtures, file)])
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot(join(fixtures, file.replace('.yaml', '.txt')))
  })
})

it.each(await glob('.github/workflows/*.yaml', { cwd: root }))('%s ends every job in time', async (file) => {
  const { jobs } = parse(await readFile(join(root, file), 'utf8')) as { jobs: Record<string, object> }
  const endless = Object.entries(jobs).filter(([, job]) => !('timeout-minutes' in job))
  expect(endless.map(([name]) => name)).toEqual([])
})

it('a job with a key that signs builds its programs itself: any job of the branch may have written the cache', async () => {
  const signing = (await listJobs()).filter(({ job }) => SIGNS.test(JSON.stringify(job)))
  expect(signing.map(({ at }) => at)).toEqual([
    'merge.yaml package',
    'merge.yaml promote',
    'promotion.yaml promote',
  ])
  const cached = signing.filter(({ job }) => job.steps.some(restores))
  expect(cached.map(({ at }) => at)).toEqual([])
})

it('a job that runs packages has neither a token that writes nor the key of an app', async () => {
  const writing = (await listJobs()).filter(({ job }) => writes(job))
  expect(writing.map(({ at }) => at)).toEqual([
    'diff.yaml comment',
    'land.yaml land',
    'merge.yaml publish',
    'merge.yaml push',
    'promotion.yaml propose',
    'set-image.yaml propose',
    'set-image.yaml sources',
  ])
  expect(writing.filter(({ job }) => job.steps.some(runsPackages)).map(({ at }) => at)).toEqual([])
})

interface Job {
  permissions?: Record<string, string>
  steps: { uses?: string; run?: string; with?: { cache?: string } }[]
}

async function listJobs(): Promise<{ at: string; job: Job }[]> {
  const files = await glob('.github/workflows/*.yaml', { cwd: root })
  const jobs = files.sort().map(async (file) => {
    const workflow = parse(await readFile(join(root, file), 'utf8')) as { jobs: Record<string, Job> }
    return Object.entries(workflow.jobs)
      .map(([name, job]) => ({ at: `${basename(file)} ${name}`, job }))
      .sort((one, other) => one.at.localeCompare(other.at))
  })
  return (await Promise.all(jobs)).flat()
}

const SIGNS = /secrets\.(SIGNING_KEY|CHARTS_KEY)/

const restores = ({ uses = '', with: inputs }: Job['steps'][number]) =>
  uses.startsWith('actions/cache') || (uses.endsWith('/actions/prepare') && inputs?.cache !== 'false')

/** Whoever has the key of an app makes a token of every right that it has. */
const writes = ({ permissions = {}, steps }: Job) =>
  Object.values(permissions).includes('write') ||
  /secrets\.\S*private-key/i.test(JSON.stringify(steps).replaceAll('_', '-'))

const runsPackages = ({ uses = '', run = '' }: Job['steps'][number]) =>
  uses.endsWith('/actions/prepare') || /\b(npm|npx|node)\b/.test(run)

it('a prepared job takes no cache of other sources', async () => {
  expect(await readFile(join(root, '.github/actions/prepare/action.yaml'), 'utf8')).not.toContain(
    'restore-keys',
  )
})
