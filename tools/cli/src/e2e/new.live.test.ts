import { execa } from 'execa'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../output/shell-word.ts'
import { root } from './opencore.ts'
import { useWorkspace } from './use-workspace.ts'

const digest = `sha256:${'5'.repeat(64)}`
const image = `registry.firefly-banking.com/lending/loans:0.1.0@${digest}`

const { folder, run, read, write, changed } = useWorkspace()
const edit = async (path: string, change: (text: string) => string) => write(path, change(await read(path)))

const newTeam = [
  ...['new', 'team', 'lending', '--about', 'Loans.', '--code-owner', '@firefly-banking/lending'],
  ...['--sync', 'lending-engineers', '--news', 'lending-releases', '--alerts', 'lending-alerts'],
]
const of = ['--team', 'lending', '--namespace', 'banking-services']
const newData = [
  'new',
  'data',
  'loans-db',
  '--about',
  'Contracts.',
  '--kind',
  'postgres',
  '--database',
  'loans',
  ...of,
]
const newService = [
  ...[
    'new',
    'service',
    'loans',
    '--about',
    'Loans, from the offer to the last rate.',
    '--image',
    image,
    ...of,
  ],
  ...['--port', '8090', '--uses', 'customers', 'ledger', 'loans-db', 'cache/cache'],
  ...['--reads', 'events/accounts.events', 'events/payments.events'],
  ...['--external', 'smtp.firefly-banking.com:587', '--secret', 'smtp=username,password', 'rates=token'],
  ...['--edge', 'api/loans', 'api/offers'],
]

const newEnvironment = [
  ...[
    'new',
    'environment',
    'qa',
    '--about',
    'Where testers are.',
    '--like',
    'staging',
    '--region',
    'eu-west-2',
  ],
  ...['--zones', 'eu-west-2a', 'eu-west-2b', 'eu-west-2c', '--domain', 'qa.firefly-banking.com'],
  ...[
    '--address',
    'kubernetes-api/service=172.20.0.1/32',
    'kubernetes-api/endpoints=10.8.0.0/28,10.8.1.0/28',
  ],
  ...['firefly-opencore-archive-staging=10.255.2.0/24', 'identity=10.255.3.0/24'],
  ...['smtp.firefly-banking.com=10.8.240.25/32', 'otlp.firefly-banking.com=10.8.240.26/32'],
  ...['--bucket', 'firefly-opencore-archive-staging=firefly-opencore-archive-qa'],
  ...[
    '--role',
    'accounts-db=arn:aws:iam::111122223333:role/qa-accounts-db',
    'ledger-db=arn:aws:iam::111122223333:role/qa-ledger-db',
  ],
]

describe('new', () => {
  it('writes a team, a database and a service as people write them, and generate takes them', async () => {
    expect(await run(...newTeam)).toEqual({
      exitCode: 0,
      stdout: '+ environments/teams/lending.ts',
      stderr: 'next: opencore generate',
    })
    expect((await run(...newData)).exitCode).toBe(0)
    expect(await run(...newService)).toEqual({
      exitCode: 0,
      stdout: '+ environments/services/loans.ts\n+ environments/images/loans.yaml',
      stderr: 'next: opencore generate && opencore verify -e dev && opencore up -e dev',
    })
    const files = await changed()
    expect(files).toEqual([
      'environments/data/loans-db.ts',
      'environments/images/loans.yaml',
      'environments/services/loans.ts',
      'environments/teams/lending.ts',
    ])
    await expect(await read('environments/services/loans.ts')).toMatchFileSnapshot(
      'fixtures/new/loans.ts.txt',
    )
    expect(await read('environments/images/loans.yaml')).toBe(
      `# What loans runs. Written by: opencore set-image loans <tag>@<digest>\ntag: '0.1.0'\ndigest: ${digest}\n`,
    )
    await expectCheckersContent(files)
    expect((await run('generate')).exitCode).toBe(0)
    const generated = (await changed()).filter((path) => path.startsWith('argocd/'))
    // Of the new team every environment's Alertmanager knows; of the rest, dev alone.
    expect(generated.filter((path) => !path.startsWith('argocd/dev/'))).toEqual(
      ['prod-eu-central-1', 'prod-eu-west-1', 'staging'].map(
        (environment) => `argocd/${environment}/values/observability.yaml`,
      ),
    )
    expect(generated).toContain('argocd/dev/values/loans.yaml')
  })

  it('shows what it would write, and writes nothing', async () => {
    const { exitCode, stdout, stderr } = await run(...newTeam, '--dry-run')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'nothing was written' })
    expect(stdout).toContain('+ environments/teams/lending.ts\nimport { defineTeam }')
    const printed = JSON.parse((await run(...newTeam, '--dry-run', '-o', 'json')).stdout) as unknown
    expect(printed).toMatchObject({ files: [{ path: 'environments/teams/lending.ts' }], next: ['generate'] })
    expect(await changed()).toEqual([])
  })

  it('writes an environment like another, with what it has alone', async () => {
    const service = newService
      .filter((word) => word !== 'loans-db')
      .map((word) => (word === 'lending' ? 'payments' : word))
    expect((await run(...service)).exitCode).toBe(0)
    await edit('environments/services/loans.ts', (text) => text.replace("['dev']", "['dev', 'staging']"))
    expect(await run(...newEnvironment)).toEqual({
      exitCode: 0,
      stdout: [
        '+ environments/qa/index.ts',
        '+ environments/qa/overrides/accounts.yaml',
        '~ environments/services/loans.ts',
      ].join('\n'),
      stderr: 'next: opencore generate && opencore verify -e qa && opencore up -e qa',
    })
    await expect(await read('environments/qa/index.ts')).toMatchFileSnapshot('fixtures/new/qa.ts.txt')
    expect(await read('environments/services/loans.ts')).toContain("environments: ['dev', 'staging', 'qa'],")
    expect(await read('environments/qa/overrides/accounts.yaml')).toBe(
      await read('environments/staging/overrides/accounts.yaml'),
    )
    await expectCheckersContent(['environments/qa/index.ts', 'environments/services/loans.ts'])
    expect((await run('generate')).exitCode).toBe(0)
    expect(await read('argocd/qa/values/accounts-db.yaml')).toContain(
      's3://firefly-opencore-archive-qa/postgres',
    )
  })

  it('is said whole in the README, with everything that no two clusters share', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const lines = readme.replaceAll(/ \\\n +/g, ' ').split('\n')
    expect(lines).toContain(`opencore ${newEnvironment.map(shellWord).join(' ')}`)
  })

  it('takes names that the language keeps for itself', async () => {
    const about = [
      '--about',
      'Files for the tax office.',
      '--team',
      'ledger',
      '--namespace',
      'banking-services',
    ]
    expect((await run('new', 'service', 'export', '--image', image, ...about)).exitCode).toBe(0)
    expect(await read('environments/services/export.ts')).toContain(
      'export const exportService = defineService({',
    )
    await expectCheckersContent(await changed())
  })
})

/** Formatter and compiler, as `npm test` asks them. */
async function expectCheckersContent(files: readonly string[]): Promise<void> {
  const bin = (name: string) => join(root, 'node_modules/.bin', name)
  await execa(bin('prettier'), ['--check', ...files], { cwd: folder() })
  const tsconfig = join(folder(), 'tsconfig.json')
  const include = files.filter((file) => file.endsWith('.ts'))
  await writeFile(tsconfig, JSON.stringify({ extends: join(root, 'tsconfig.base.json'), include }))
  await execa(bin('tsc'), ['--project', tsconfig, '--noEmit'], { cwd: folder() })
  await rm(tsconfig)
}
