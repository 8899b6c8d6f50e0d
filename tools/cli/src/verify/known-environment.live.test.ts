import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyWorkspace } from '../e2e/copy-workspace.ts'
import { opencore } from '../e2e/opencore.ts'

let workspace: Awaited<ReturnType<typeof copyWorkspace>>

beforeAll(async () => {
  workspace = await copyWorkspace()
})
afterAll(() => workspace.remove())

const verify = async () => {
  const { exitCode, stderr, stdout } = await opencore(['verify', '-e', 'dev'], { cwd: workspace.folder })
  expect(exitCode, stderr).toBe(0)
  return { stderr, said: `${stdout}${stderr}` }
}
const KNOWN = 'dev: nothing has changed since it was verified'

it('an environment that was verified today is not verified again, and what it is warned of is said again', async () => {
  await verify()
  const { stderr, said } = await verify()
  expect(stderr).toContain(KNOWN)
  expect(stderr).not.toContain('dev: rendering')
  expect(said).toContain('[CONTROL_WAIVED] (warning)')

  const overrides = join(workspace.folder, 'environments', 'dev', 'overrides')
  await mkdir(overrides, { recursive: true })
  // What was verified is kept by its content, beyond this test: a value that an earlier run had would be known.
  await writeFile(join(overrides, 'cards.yaml'), `env: { ROUND: "${randomUUID()}" }\n`)
  await opencore(['generate'], { cwd: workspace.folder })
  expect((await verify()).stderr).not.toContain(KNOWN)
})
