import type { Finding } from '@opencore/contract'
import { execa } from 'execa'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'

const override = 'environments/dev/overrides/accounts.yaml'
const target = 'dev/accounts:workload.statefulSet.podManagementPolicy'
const approvals = 'argocd/approved-changes.yaml'

let workspace: Awaited<ReturnType<typeof copyWorkspace>>

beforeAll(async () => {
  workspace = await copyWorkspace()
  await unmarkChanges('service')
})
afterAll(() => workspace.remove())

/** A chart whose author marked no value as fixed: the guard would refuse before the API server is asked. */
async function unmarkChanges(chart: string): Promise<void> {
  const file = join(workspace.folder, 'charts', chart, 'values.schema.json')
  const unmark = (key: string, value: unknown) => (key === 'x-opencore-change' ? undefined : value)
  const schema: unknown = JSON.parse(await readFile(file, 'utf8'), unmark)
  await writeFile(file, JSON.stringify(schema, undefined, 2))
  await merge()
}

/** What a team writes, as generated files beside it. */
async function write(text: string): Promise<void> {
  await writeFile(join(workspace.folder, override), text)
  const generated = await opencore(['generate'], { cwd: workspace.folder })
  expect(generated).toMatchObject({ exitCode: 0 })
}

/** Make what is written now what runs: the main branch. */
async function merge(): Promise<void> {
  await execa('git', ['add', '--all'], { cwd: workspace.folder })
  const git = [
    '-c',
    'user.name=tester',
    '-c',
    'user.email=tester@localhost',
    'commit',
    '--quiet',
    '--allow-empty',
  ]
  await execa('git', [...git, '--message', 'merged'], { cwd: workspace.folder })
}

const promote = (...words: string[]) => opencore(['promote', 'dev', ...words], { cwd: workspace.folder })

/** The main branch as it was before the last merge; what is written stays. */
async function undoMerge(): Promise<void> {
  await execa('git', ['reset', '--quiet', '--soft', 'HEAD~1'], { cwd: workspace.folder })
}

async function approve(...flags: string[]): Promise<void> {
  expect(await opencore(['generate', ...flags], { cwd: workspace.folder })).toMatchObject({ exitCode: 0 })
}

/** What `verify` says of the environment; the suites of a chart without any are all that it runs besides. */
async function verify(): Promise<Finding[]> {
  const args = ['verify', '-e', 'dev', '--chart', 'common', '-o', 'json']
  const { stdout, stderr } = await opencore(args, { cwd: workspace.folder })
  if (stdout === '') throw new Error(stderr)
  return (JSON.parse(stdout) as { findings: Finding[] }).findings
}

const of = (findings: readonly Finding[], code: string) => findings.filter((finding) => finding.code === code)

describe('verify rehearses the update of what runs', () => {
  it('and refuses what a running StatefulSet cannot become, at the line that asks for it', async () => {
    await write('workload:\n  type: StatefulSet\n')
    await merge()
    await write(
      'workload:\n  type: StatefulSet\n  statefulSet:\n    podManagementPolicy: Parallel\nenv:\n  LEDGER_PAGES: "2"\n',
    )
    const [refused, ...others] = of(await verify(), 'UPDATE_REFUSED')
    expect(others).toEqual([])
    expect(refused?.found).toContain('StatefulSet banking-services/accounts, spec: Forbidden: updates to')
    expect(refused?.found).toMatch(
      /; workload.statefulSet.podManagementPolicy was .* and becomes "Parallel"$/,
    )
    expect(refused?.at).toMatchObject({ file: override, line: 4 })
    expect(refused?.next).toMatch(/^set workload.statefulSet.podManagementPolicy back/)
    expect(refused?.next).toContain(`opencore generate --allow-change '${target}' --procedure '...'`)
  })

  it('which a person approves once, for this change alone, and carries out by hand', async () => {
    const procedure = 'kubectl -n banking-services delete statefulset accounts --cascade=orphan'
    await approve('--allow-change', target, '--procedure', procedure)
    const findings = await verify()
    expect(of(findings, 'UPDATE_REFUSED')).toEqual([])
    expect(of(findings, 'UPDATE_BY_HAND')).toMatchObject([{ severity: 'warning', next: procedure }])
    await write('workload:\n  type: StatefulSet\n  statefulSet:\n    serviceName: others\n')
    expect(of(await verify(), 'UPDATE_REFUSED')).toHaveLength(1)
    expect(await readFile(join(workspace.folder, approvals), 'utf8').catch(() => 'gone')).toBe('gone')
  })

  it('also on a ref that is promoted to later, and nothing once the main branch has it', async () => {
    await write('workload:\n  type: StatefulSet\n')
    await merge()
    expect(await promote()).toMatchObject({ exitCode: 0 })
    await write('workload:\n  type: StatefulSet\n  statefulSet:\n    podManagementPolicy: Parallel\n')
    await merge()
    const refused = await promote('accounts', '--dry-run')
    expect(refused.stderr).toContain('[UPDATE_REFUSED]')
    await undoMerge()
    await approve('--allow-change', target, '--procedure', 'kubectl delete')
    await merge()
    expect(of(await verify(), 'UPDATE_BY_HAND')).toEqual([])
    expect((await opencore(['generate', '--check'], { cwd: workspace.folder })).exitCode).toBe(0)
    expect(await promote('accounts')).toMatchObject({ exitCode: 0 })
  })

  it('and has nothing to say of what can be updated, or did not change', async () => {
    await write('env:\n  LEDGER_PAGES: "3"\n')
    expect(of(await verify(), 'UPDATE_REFUSED')).toEqual([])
  })
})
