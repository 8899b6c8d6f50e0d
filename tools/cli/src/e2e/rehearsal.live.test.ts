import type { Finding } from '@opencore/contract'
import { execa } from 'execa'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'

const override = 'environments/dev/overrides/accounts.yaml'

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
  const git = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost', 'commit', '--quiet', '--all']
  await execa('git', [...git, '--message', 'merged'], { cwd: workspace.folder })
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
    expect(refused?.found).toMatch(/; workload.statefulSet(.podManagementPolicy)? was nothing and becomes /)
    expect(refused?.at).toMatchObject({ file: override, line: 4 })
    expect(refused?.next).toMatch(/^set workload.statefulSet(.podManagementPolicy)? back/)
  })

  it('and has nothing to say of what can be updated, or did not change', async () => {
    await write('env:\n  LEDGER_PAGES: "3"\n')
    expect(of(await verify(), 'UPDATE_REFUSED')).toEqual([])
  })
})
