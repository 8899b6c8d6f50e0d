import { ensureCommand } from '@opencore/servers'
import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hasGnupg } from './opencore.ts'
import { startRunner, type Runner } from './runner.ts'

// Which open proposals a newer one takes the place of.

const lack = (hasGnupg ? undefined : 'needs gnupg') ?? (await ensureCommand({ command: 'jq', package: 'jq' }))
let runner: Runner

beforeAll(async () => {
  if (lack === undefined) runner = await startRunner()
})
afterAll(async () => {
  if (lack === undefined) await runner.close()
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

it.skipIf(lack !== undefined)(
  'closes those of the same environment, under their former names too',
  async () => {
    const { scratch, folder, env } = runner
    await execa('git', ['init', '--quiet', '--bare', join(scratch, 'origin.git')])
    await execa('git', ['push', '--quiet', join(scratch, 'origin.git'), `HEAD:refs/heads/${branch}`], {
      cwd: folder,
      env,
    })
    const proposals = [{ branch, base, title, body: 'what changes' }]
    await writeFile(join(scratch, 'promoted.json'), JSON.stringify({ proposals }))
    await writeFile(join(scratch, 'pulls.json'), JSON.stringify(pulls))
    const { exitCode, output } = await runner.runStep('workflows/promotion.yaml', 'propose')
    expect(exitCode, output).toBe(0)
    const said = await runner.said()
    expect(said.match(/^pr close \d+/gm)).toEqual(['pr close 1', 'pr close 3'])
    expect(said).toContain(`pr create --head ${branch} --base ${base} --title ${title} --body-file`)
  },
)
