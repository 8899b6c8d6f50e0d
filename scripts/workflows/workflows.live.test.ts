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
  const files = await glob('.github/workflows/*.yaml', { cwd: root })
  const jobs = files.map(async (file) => {
    const workflow = parse(await readFile(join(root, file), 'utf8')) as { jobs: Record<string, Job> }
    return Object.entries(workflow.jobs).map(([name, job]) => ({ at: `${basename(file)} ${name}`, job }))
  })
  const signing = (await Promise.all(jobs)).flat().filter(({ job }) => SIGNS.test(JSON.stringify(job)))
  expect(signing.map(({ at }) => at).sort()).toEqual([
    'merge.yaml promote',
    'merge.yaml publish',
    'promotion.yaml propose',
  ])
  const cached = signing.filter(({ job }) => job.steps.some(restores))
  expect(cached.map(({ at }) => at)).toEqual([])
})

interface Job {
  steps: { uses?: string; with?: { cache?: string } }[]
}

const SIGNS = /secrets\.(SIGNING_KEY|CHARTS_KEY)/

const restores = ({ uses = '', with: inputs }: Job['steps'][number]) =>
  uses.startsWith('actions/cache') || (uses.endsWith('/actions/prepare') && inputs?.cache !== 'false')

it('a prepared job takes no cache of other sources', async () => {
  expect(await readFile(join(root, '.github/actions/prepare/action.yaml'), 'utf8')).not.toContain(
    'restore-keys',
  )
})
