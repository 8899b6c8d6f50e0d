import { execa } from 'execa'
import { cp, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySources } from './copy-sources.ts'
import { copyWorkspace } from './copy-workspace.ts'

/** A chart as its owners would bring it: its folder, and the file of its kind. */
const brought = join(import.meta.dirname, 'fixtures/new-chart')
const parts = 'tools/model/src/parts'
const owned = ['--team', 'payments', '--namespace', 'banking-services']
const digest = `sha256:${'5'.repeat(64)}`

let workspace: Awaited<ReturnType<typeof copyWorkspace>>
let opencore: Awaited<ReturnType<typeof copySources>>

async function run(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await opencore(...args)
  expect(exitCode, `${args.join(' ')}: ${stdout}${stderr}`).toBe(0)
  return stdout
}

beforeAll(async () => {
  workspace = await copyWorkspace()
  const { folder } = workspace
  opencore = await copySources(folder)
  await cp(brought, folder, { recursive: true })
  await rename(join(folder, parts, 'memcached.ts.txt'), join(folder, parts, 'memcached.ts'))
  // The one line: the list of kinds.
  const index = join(folder, parts, 'index.ts')
  const text = (await readFile(index, 'utf8')).replace('dataKinds = { ', 'dataKinds = { memcached, ')
  await writeFile(index, `import { memcached } from './memcached.ts'\n${text}`)
})
afterAll(() => workspace.remove())

describe('a chart that takes part in the graph', () => {
  it('is brought by its folder, its definitions and one file of the model', async () => {
    await run('schema')
    expect(await run('new', 'data', '--help')).toContain('of memcached: what it keeps at most, in MiB')
    await run(
      'new',
      'data',
      'hits',
      '--about',
      'Asked before.',
      '--kind',
      'memcached',
      '--size',
      '96',
      ...owned,
    )
    const fees = ['new', 'service', 'fees', '--about', 'What a transfer costs.', ...owned]
    await run(...fees, '--image', `registry.firefly-banking.com/core/fees:0.1.0@${digest}`, '--uses', 'hits')
    await run('generate')
    await run('package')
    await run('verify', '-e', 'dev', '--chart', 'memcached')
    expect(await changed()).toEqual([
      '.github/CODEOWNERS',
      'argocd',
      'charts.lock',
      'charts/memcached',
      'environments/data',
      'environments/images',
      'environments/services',
      'tools/contract/generated',
      'tools/model/src/parts',
    ])
  })

  it('is reached by those that use it, and told to them', async () => {
    expect(await run('graph', '--why', 'fees', 'hits', '-e', 'dev')).toMatchInlineSnapshot(`
      "dev: fees reaches hits
        on 11211, declared in environments/services/fees.ts:9:11 uses.memcached
          fees env.MEMCACHED_SERVERS "hits.banking-services.svc:11211"
          fees network.egress.0
          hits network.ingress.0"
    `)
    expect(await run('graph', '-e', 'dev', '-o', 'svg')).toContain('#e8f0d8')
    expect(await run('render', '-e', 'dev', '-l', 'release=hits')).toContain('--memory-limit=96')
  })

  it('has values that the compiler knows', async () => {
    const config = {
      extends: './tsconfig.base.json',
      include: ['environments', 'tools/model/src'],
    }
    await writeFile(join(workspace.folder, 'tsconfig.json'), JSON.stringify(config))
    const file = join(workspace.folder, 'environments/data/hits.ts')
    await writeFile(file, (await readFile(file, 'utf8')).replace('size: 96', "size: 'large'"))
    const tsc = join(workspace.folder, 'node_modules/.bin/tsc')
    const { stdout } = await execa(tsc, ['--project', '.'], { cwd: workspace.folder, reject: false })
    // Of all definitions, of the model and of its tests, this is all that is wrong.
    expect(stdout.split('\n')).toEqual([
      "environments/data/hits.ts(10,13): error TS2322: Type 'string' is not assignable to type 'number | Remove | undefined'.",
    ])
  })
})

/** What differs from the last commit, by folder; of the generated tree as one. */
async function changed(): Promise<string[]> {
  await execa('git', ['add', '--all'], { cwd: workspace.folder })
  const { stdout } = await execa('git', ['diff', '--cached', '--name-only'], { cwd: workspace.folder })
  const folders = stdout
    .split('\n')
    .map((path) =>
      path.replace(/^(argocd|charts\/[^/]+)\/.*/, '$1').replace(/^((tools|environments)\/.*)\/[^/]+$/, '$1'),
    )
  return [...new Set(folders)].sort()
}
