import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSource } from './check-source.ts'
import { listChanged } from './describe-source.ts'

let folder: string
let root: string
const git = async (...args: string[]) => {
  const who = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
  return (await execa('git', [...who, ...args], { cwd: root })).stdout
}
const commit = async (text: string) => {
  await writeFile(join(root, 'argocd', 'file'), text)
  await git('add', '.')
  await git('commit', '--quiet', '--message', text)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-source-'))
  root = join(folder, 'checkout')
  await execa('git', ['init', '--quiet', '--bare', join(folder, 'origin.git')])
  await execa('git', ['init', '--quiet', '--initial-branch=main', root])
  await git('remote', 'add', 'origin', join(folder, 'origin.git'))
  for (const name of ['argocd', 'charts', 'environments']) {
    await mkdir(join(root, name))
    await writeFile(join(root, name, 'file'), '')
  }
  await commit('one')
  await git('push', '--quiet', 'origin', 'main')
})
afterAll(() => rm(folder, { recursive: true }))

it('takes what is merged; of what is not it says what lacks, a push or a merge', async () => {
  expect(await checkSource(root)).toBe(await git('rev-parse', 'HEAD'))
  await commit('two')
  await expect(checkSource(root)).rejects.toMatchObject({
    findings: [
      {
        code: 'SOURCE_NOT_ON_MAIN',
        found: expect.stringContaining('is on the main branch here, and not on that of origin') as string,
        next: 'git push origin main; where origin takes it from pull requests alone, by one',
      },
    ],
  })
  await git('switch', '--quiet', '--create', 'feature')
  await commit('three')
  await expect(checkSource(root)).rejects.toMatchObject({
    findings: [{ code: 'SOURCE_NOT_ON_MAIN', next: 'merge it, then: git switch main && git pull' }],
  })
})

const isRefused = (found: string, next: string) =>
  expect(checkSource(root)).rejects.toMatchObject({
    findings: [{ code: 'SOURCE_NOT_ON_MAIN', found: expect.stringContaining(found) as string, next }],
  })

it('of a main branch that origin has otherwise it says how both come together', async () => {
  await git('switch', '--quiet', 'main')
  await git('reset', '--quiet', '--hard', 'HEAD~1')
  await commit('somebody else')
  await git('push', '--quiet', 'origin', 'main')
  await git('reset', '--quiet', '--hard', 'HEAD~1')
  await commit('mine')
  await isRefused(
    'is on the main branch here, and not on that of origin, which has others',
    'git switch main && git pull --rebase origin main, then: git push origin main; where origin takes it from pull requests alone, by one',
  )
})

it('of an origin that does not answer it says that, and takes what it had fetched', async () => {
  await git('remote', 'set-url', 'origin', join(folder, 'gone.git'))
  await isRefused(
    `as it was fetched last, and it cannot be fetched now: fatal: '${join(folder, 'gone.git')}' does not appear to be a git repository`,
    'see that origin answers: git fetch origin main; then the same command again',
  )
  await git('reset', '--quiet', '--hard', 'origin/main')
  expect(await checkSource(root)).toBe(await git('rev-parse', 'HEAD'))
})

it('of an origin without a main branch it says what brings one', async () => {
  await execa('git', ['init', '--quiet', '--bare', join(folder, 'empty.git')])
  await git('remote', 'set-url', 'origin', join(folder, 'empty.git'))
  await git('update-ref', '-d', 'refs/remotes/origin/main')
  await isRefused(
    'is on the main branch here, and not on that of origin',
    'git push origin main; where origin takes it from pull requests alone, by one',
  )
})

describe('what git does not show', () => {
  const path = 'charts/hidden.yaml'
  const isChanged = () =>
    expect(checkSource(root)).rejects.toMatchObject({
      findings: [
        {
          code: 'SOURCE_CHANGED',
          found: `sources, or the tools that render them, differ from the commit that is checked out: ${path}`,
        },
      ],
    })

  beforeAll(async () => {
    await git('remote', 'remove', 'origin')
  })

  it('is refused where git ignores it: what is rendered has it', async () => {
    await writeFile(join(root, '.git', 'info', 'exclude'), 'hidden.yaml\n.DS_Store\n')
    await writeFile(join(root, 'charts', '.DS_Store'), '')
    await writeFile(join(root, path), 'a: 1\n')
    await isChanged()
    await git('add', '--force', path)
    await git('commit', '--quiet', '--message', 'there')
    expect(await checkSource(root)).toBe(await git('rev-parse', 'HEAD'))
  })

  it.each(['assume-unchanged', 'skip-worktree'])(
    'is refused where git was told not to look: %s',
    async (flag) => {
      await git('update-index', `--${flag}`, path)
      expect(await checkSource(root)).toBe(await git('rev-parse', 'HEAD'))
      await writeFile(join(root, path), 'a: 2\n')
      expect(await git('status', '--porcelain')).toBe('')
      await isChanged()
      await writeFile(join(root, path), 'a: 1\n')
      await git('update-index', `--no-${flag}`, path)
    },
  )
})

it.each(['charts/service/templates/node_modules/x.yaml', 'charts/service/templates/.DS_Store'])(
  'what Helm would render is no litter: %s',
  async (path) => {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, 'kind: ConfigMap\n')
    expect(await listChanged(root)).toEqual([path])
    await rm(join(root, 'charts/service'), { recursive: true })
  },
)

it('what renders the sources is as it was merged as well, but for packages that npm installs', async () => {
  await mkdir(join(root, 'tools/cli/node_modules/p'), { recursive: true })
  await writeFile(join(root, 'tools/cli/node_modules/p/index.js'), '')
  expect(await listChanged(root)).toEqual([])
  await writeFile(join(root, 'tools/cli/main.ts'), '')
  await writeFile(join(root, 'package-lock.json'), '{}')
  expect(await listChanged(root)).toEqual(['package-lock.json', 'tools/cli/main.ts'])
  await rm(join(root, 'tools'), { recursive: true })
  await rm(join(root, 'package-lock.json'))
})

it('a filter that the clone names does not hide a change', async () => {
  await git('config', 'filter.hide.clean', 'git show HEAD:argocd/file')
  await writeFile(join(root, '.git', 'info', 'attributes'), 'argocd/file filter=hide\n')
  const before = await readFile(join(root, 'argocd', 'file'), 'utf8')
  await writeFile(join(root, 'argocd', 'file'), 'changed')
  expect(await git('diff', '--name-only')).toBe('')
  expect(await listChanged(root)).toEqual(['argocd/file'])
  await writeFile(join(root, 'argocd', 'file'), before)
  expect(await listChanged(root)).toEqual([])
  await rm(join(root, '.git', 'info', 'attributes'))
})

it('a commit that others take the place of in this clone is what was merged', async () => {
  const merged = await git('rev-parse', 'HEAD')
  await git('switch', '--quiet', '--create', 'unmerged')
  await commit('never merged')
  await git('replace', merged, 'HEAD')
  await git('switch', '--quiet', '--detach', merged)
  expect(await git('status', '--porcelain')).toBe('')
  expect(await listChanged(root)).toEqual(['argocd/file'])
  await git('replace', '--delete', merged)
})

it('a repository without a commit is said to be one', async () => {
  const empty = join(folder, 'empty')
  await execa('git', ['init', '--quiet', empty])
  await expect(checkSource(empty)).rejects.toMatchObject({
    findings: [
      {
        code: 'SOURCE_ABSENT',
        at: { file: '.git' },
        found: 'there is no commit here yet',
        wanted: 'sources that are committed: the record of a release names the commit',
        next: 'git add --all && git commit',
      },
    ],
  })
})
