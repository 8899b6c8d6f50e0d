import { ensureCommand } from '@opencore/servers'
import { execa } from 'execa'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startSmallGithub, type SmallGithub } from './small-github.ts'

// Which open proposals a newer one takes the place of, and what it may be called.

const lack = await ensureCommand({ command: 'jq', package: 'jq' })
let github: SmallGithub

beforeAll(async () => {
  if (lack !== undefined) return
  github = await startSmallGithub()
  github.env['ENVIRONMENT'] = 'dev'
  await github.git('update-ref', 'refs/heads/main', await github.commit({ '100644 a': '' }, 'main\n'))
})
afterAll(async () => {
  if (lack === undefined) await github.close()
})
beforeEach(async () => {
  if (lack === undefined) await rm(join(github.scratch, 'said'), { force: true })
})

const [base, commit] = ['hub/nonproduction', 'aaaaaaaaaaaa']
const branch = `promotion/${base}/dev/${commit}`
const title = `${base}: promote dev`
/** Titles say for which environment a hub's branches of the former form were. */
const pulls = [
  { number: 1, headRefName: `promotion/${base}/dev/bbbbbbbbbbbb`, title: 'another word' },
  { number: 2, headRefName: `promotion/${base}/staging/cccccccccccc`, title: `${base}: promote staging` },
  { number: 3, headRefName: `promotion/${base}/dddddddddddd`, title },
  { number: 4, headRefName: `promotion/${base}/eeeeeeeeeeee`, title: `${base}: promote staging` },
  { number: 5, headRefName: 'somebody/dev', title },
  { number: 6, headRefName: branch, title },
]

/** The step, with one branch that was received and what was said of it. */
async function propose(said: object) {
  const job = await github.nextJob()
  await execa('git', ['update-ref', `refs/received/${branch}`, 'HEAD'], { cwd: job.folder, env: github.env })
  const proposals = [{ branch, base, title, body: 'what changes', ...said }]
  await mkdir(join(job.temp, 'handed'))
  await writeFile(join(job.temp, 'handed/promoted.json'), JSON.stringify({ proposals }))
  await writeFile(join(job.temp, 'received'), `${base} ${branch}\n`)
  await writeFile(join(github.scratch, 'pulls.json'), JSON.stringify(pulls))
  return job.runStep('workflows/promotion.yaml', 'propose')
}

const told = () => readFile(join(github.scratch, 'said'), 'utf8')

it.skipIf(lack !== undefined).each([
  ['a promotion of another environment', { title: `${base}: promote staging` }, 'title'],
  ['anything', { title: 'approved by everybody' }, 'title'],
  ['an option', { title: '--web' }, 'title'],
  ['two lines', { title: `${title}\n::stop-commands::x` }, 'title'],
  ['no name', { branch: 'promotion/dev/bbbbbbbbbbbb' }, 'title'],
  ['too much', { body: 'x'.repeat(262_145) }, 'text'],
])('is not pushed where it is called %s', async (_, said, what) => {
  const { exitCode, output } = await propose(said)
  expect(exitCode, output).toBe(1)
  const reason =
    what === 'text'
      ? `${branch} has a text of more than 256 KB`
      : `the title of ${branch} is none of a promotion to dev`
  expect(output).toBe(`::error::refused what was handed over: ${reason}`)
  expect(await github.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
  await expect(told()).rejects.toThrow('ENOENT')
})

it.skipIf(lack !== undefined)(
  'closes those of the same environment, under their former names too',
  async () => {
    const { exitCode, output } = await propose({})
    expect(exitCode, output).toBe(0)
    expect((await told()).match(/^pr close \d+/gm)).toEqual(['pr close 1', 'pr close 3'])
    expect(await told()).toContain(`pr create --head ${branch} --base ${base} --title ${title} --body-file`)
  },
)
