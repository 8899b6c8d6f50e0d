import { execa } from 'execa'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'

// A checkout whose main branch and a branch beside it render differently.

let workspace: Awaited<ReturnType<typeof copyWorkspace>>
let base: string

const git = async (...args: string[]) => {
  const who = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
  return (await execa('git', [...who, ...args], { cwd: workspace.folder })).stdout
}
const run = (...args: string[]) => opencore(['diff', ...args], { cwd: workspace.folder })
const change = async (file: string, edit: (text: string) => string) => {
  const path = join(workspace.folder, file)
  await writeFile(path, edit(await readFile(path, 'utf8')))
}
const commit = async (message: string) => {
  await git('add', '--all')
  await git('commit', '--quiet', '--message', message)
}
const values = 'argocd/dev/values/cards.yaml'
const pages = (count: number) => (text: string) =>
  text.replace(/^ {2}CARDS_PAGES: .*\n/m, '').replace(/^env:\n/m, `env:\n  CARDS_PAGES: "${count}"\n`)

beforeAll(async () => {
  workspace = await copyWorkspace()
  base = await git('rev-parse', 'HEAD')
  await git('switch', '--quiet', '--create', 'feature')
  await change(values, pages(7))
  await commit('more pages')
  await git('switch', '--quiet', 'main')
  await change('argocd/dev/values/ledger.yaml', (text) => text.replace(/^replicas: .*/m, 'replicas: 5'))
  await commit('more of ledger')
})
afterAll(() => workspace.remove())

describe('diff of the sources at two commits', () => {
  it('says what they render otherwise, whatever is checked out', async () => {
    const { exitCode, stdout, stderr } = await run('dev', '--sources', 'main..feature', '--detailed-exitcode')
    expect(exitCode, stderr).toBe(2)
    expect(stdout).toBe(
      [
        'goes away',
        '  - PodDisruptionBudget.policy banking-services/ledger',
        'number of pods',
        '  ~ Deployment.apps banking-services/ledger: spec.replicas: 5 -> 1',
        'other fields',
        '  ~ Deployment.apps banking-services/cards: spec.template.spec.containers[app].env[CARDS_PAGES]: nothing -> "7"',
      ].join('\n'),
    )
  })

  it('since they parted says what the branch alone changed', async () => {
    const { stdout } = await run('dev', '--sources', 'main...feature', '-o', 'json')
    expect(JSON.parse(stdout)).toMatchObject([
      {
        risk: 'other',
        names: ['banking-services/cards'],
        field: { after: { name: 'CARDS_PAGES', value: '7' } },
      },
    ])
    expect((await run('staging', '--sources', 'main...feature')).stdout).toBe('nothing differs')
  })

  it('compares one commit with the checkout as it is, and leaves nothing behind', async () => {
    expect((await run('dev', 'cards', '--sources', base)).stdout).toBe('nothing differs')
    await change(values, pages(9))
    const { stdout } = await run('dev', 'cards', '--sources', base, '-o', 'json')
    expect(JSON.parse(stdout)).toMatchObject([{ field: { after: { value: '9' } } }])
    await git('checkout', '--quiet', '--', values)
    expect(await readdir(join(workspace.folder, '.opencore', 'sources'))).toEqual([])
    expect(await git('status', '--porcelain')).toBe('')
  })

  it('of an environment that only one of them has says all of it, and refuses where none has it', async () => {
    await git('switch', '--quiet', '--create', 'without', base)
    await rm(join(workspace.folder, 'argocd/dev'), { recursive: true })
    await commit('without dev')
    const without = await git('rev-parse', 'HEAD')
    await git('switch', '--quiet', 'main')
    const groups = JSON.parse((await run('dev', '--sources', `without..${base}`, '-o', 'json')).stdout) as {
      action: string
    }[]
    expect(new Set(groups.map(({ action }) => action))).toEqual(new Set(['added']))
    const { exitCode, stderr } = await run('dev', '--sources', 'without..without')
    expect(exitCode).toBe(2)
    const short = without.slice(0, 12)
    expect(stderr).toBe(
      `--sources: dev is not in argocd/ of ${short} and ${short}  [DIFF_SOURCES]\n  want  commits of which one has the environment, generated\n  next  git log -- argocd/dev says since when it is there\n\n1 error`,
    )
  })

  it('names the commit whose sources do not render', async () => {
    await git('switch', '--quiet', '--create', 'broken', base)
    await change(values, (text) => `${text}replicas: -1\n`)
    await commit('broken')
    const broken = await git('rev-parse', 'HEAD')
    await git('switch', '--quiet', 'main')
    const { exitCode, stderr } = await run('dev', '--sources', 'main..broken')
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`${broken.slice(0, 12)}:${values}`)
    expect(stderr).toContain('[RENDER_FAILED]')
  })

  it('refuses what never was one, where it is to be compared since it parted', async () => {
    await git('checkout', '--quiet', '--orphan', 'strange')
    await commit('strange')
    await git('switch', '--quiet', 'main')
    const { exitCode, stderr } = await run('dev', '--sources', 'main...strange')
    expect([exitCode, stderr]).toEqual([
      2,
      '--sources: the two of main...strange have no commit in common  [DIFF_SOURCES]\n  want  branches that parted once\n  next  with two dots they are compared as they are\n\n1 error',
    ])
  })
})

describe('diff at commits of a ref', () => {
  it('takes the ref’s own, by its name too, and what is proposed on top of it', async () => {
    const promoted = await opencore(['promote', 'dev'], { cwd: workspace.folder })
    expect(promoted.exitCode, promoted.stderr).toBe(0)
    const first = await git('rev-parse', 'env/dev')
    expect((await run('dev', '--to', 'env/dev')).stdout).toBe('nothing differs')
    expect((await run('dev', '--from', first, '--to', first.slice(0, 9))).stdout).toBe('nothing differs')
    const proposed = await git('commit-tree', '-p', first, '-m', 'proposed', `${first}^{tree}`)
    expect((await run('dev', '--to', proposed)).stdout).toBe('nothing differs')
    expect((await run('dev', '--from', '3f2a9c1')).stderr).toContain(
      'env/dev: there is no commit 3f2a9c1  [DIFF_COMMIT]\n',
    )
    const { exitCode, stderr } = await run('dev', '--from', base)
    expect([exitCode, stderr]).toEqual([
      2,
      `env/dev: ${base} is no commit of this ref  [DIFF_COMMIT]\n  want  a commit of the ref, or one that is proposed on top of it\n  next  opencore history dev lists them; --sources compares commits of the sources\n\n1 error`,
    ])
  })

  it('says what Argo CD’s own objects on a hub’s ref would become', async () => {
    const ref = 'hub/nonproduction'
    const head = await git('rev-parse', ref)
    expect((await run(ref, 'dev')).stdout).toBe('nothing differs')
    await change('argocd/dev/applicationsets/services.yaml', (text) =>
      text.replace('team: payments', 'team: cards'),
    )
    const { stdout } = await run(ref, 'dev')
    expect(stdout).toBe(
      'other fields\n  ~ Application.argoproj.io argocd/dev-cards: team: "payments" -> "cards"',
    )
    await git('checkout', '--quiet', '--', 'argocd')
    expect((await run(ref, '--from', head, '--to', ref)).stdout).toBe('nothing differs')
    const proposed = await git('commit-tree', '-p', head, '-m', 'proposed', `${head}^{tree}`)
    expect((await run(ref, '--to', proposed.slice(0, 12))).stdout).toBe('nothing differs')
    expect((await run(ref, '--to', 'env/dev')).stderr).toBe(
      `hub/nonproduction: env/dev is no commit of this ref  [DIFF_COMMIT]\n  want  a commit of the ref, or one that is proposed on top of it\n  next  git log hub/nonproduction lists them\n\n1 error`,
    )
  })
})
