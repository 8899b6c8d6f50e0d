import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'

let workspace: Awaited<ReturnType<typeof copyWorkspace>>

beforeAll(async () => {
  workspace = await copyWorkspace()
})
afterAll(() => workspace.remove())

/** Add values to the accounts service, and run `generate`. */
async function generateWith(values: string) {
  const file = join(workspace.folder, 'environments', 'services', 'accounts.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('  values: {\n', `  values: {\n    ${values},\n`))
  return opencore(['generate'], { cwd: workspace.folder })
}

describe('values that do nothing', () => {
  it('are written, and said once for all environments, with what they lack', async () => {
    const { exitCode, stderr } = await generateWith(
      "workload: { cronJob: { timeZone: 'Europe/Dublin' } }, podAnnotations: { team: 'accounts' }",
    )
    expect(stderr).toBe(
      [
        '4 files written',
        'environments/services/accounts.ts:16:28: `workload.cronJob.timeZone` does nothing in dev/accounts, prod-eu-central-1/accounts, prod-eu-west-1/accounts, staging/accounts  [VALUE_IN_VAIN] (warning)',
        '  want  values that change what is rendered',
        '  next  remove it; it has an effect beside workload.type "CronJob" and workload.cronJob.schedule "0 4 * * *", for example',
        '',
        '0 errors, 1 warning',
      ].join('\n'),
    )
    expect(exitCode).toBe(0)
  })

  it('are found when another value leaves them behind, and by whoever reviews it', async () => {
    const values =
      "workload: { type: 'CronJob', cronJob: { schedule: '0 4 * * *', timeZone: 'Europe/Dublin' } }"
    const file = join(workspace.folder, 'environments', 'services', 'statements.ts')
    const service = (more: string) => `import { defineService } from '@opencore/model/define'

export const statements = defineService({
  name: 'statements',
  team: 'accounts',
  namespace: 'banking-services',
  environments: ['dev'],
  values: { image: { repository: 'registry.firefly-banking.com/core-banking/statements' }, ${more} },
})
`
    const images = join(workspace.folder, 'environments', 'images')
    await copyFile(join(images, 'customers.yaml'), join(images, 'statements.yaml'))
    await writeFile(file, service(values))
    const before = await opencore(['generate'], { cwd: workspace.folder })
    expect(before.stderr).not.toContain('`workload.cronJob')
    await writeFile(file, service(values.replace("type: 'CronJob', ", '')))
    const found =
      /`workload\.cronJob\.(schedule|timeZone)` does nothing in dev\/statements {2}\[VALUE_IN_VAIN\]/g
    const generated = await opencore(['generate'], { cwd: workspace.folder })
    expect(generated.stderr.match(found)).toHaveLength(2)
    const verified = await opencore(['verify', '-e', 'dev'], { cwd: workspace.folder })
    expect(`${verified.stdout}${verified.stderr}`.match(found)).toHaveLength(2)
  })
})
