import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'
import type { TestPlatform } from './test-platform.ts'

/** Whoever has just started the platform asks what runs there, in a checkout that promoted nothing. */
export function testReaders(of: () => TestPlatform): void {
  describe('a reader of a checkout without refs', () => {
    let workspace: Awaited<ReturnType<typeof copyWorkspace>>
    const run = (...args: string[]) =>
      opencore(args, { cwd: workspace.folder, env: { OPENCORE_PLATFORM_FOLDER: of().folder } })
    const told =
      'nothing was promoted to dev yet, so this is about what the embedded platform runs: refs of its own, which opencore up writes'

    beforeAll(async () => {
      workspace = await copyWorkspace()
    })
    afterAll(() => workspace.remove())

    it('is shown what the embedded platform runs otherwise than the checkout has it', async () => {
      expect(await run('diff', 'dev')).toEqual({ exitCode: 0, stdout: 'nothing differs', stderr: told })
      const file = join(workspace.folder, 'argocd/dev/values/cards.yaml')
      const text = await readFile(file, 'utf8')
      await writeFile(file, text.replace(/^env:\n/m, 'env:\n  CARDS_PAGES: "7"\n'))
      expect((await run('diff', 'dev')).stdout).toBe(
        'other fields\n  ~ Deployment.apps banking-services/cards: spec.template.spec.containers[app].env[CARDS_PAGES]: nothing -> "7"',
      )
      await writeFile(file, text)
    })

    it('is told what brought it there', async () => {
      const { stdout, stderr } = await run('history', 'dev', '-o', 'json')
      expect([JSON.parse(stdout), stderr]).toEqual([[expect.objectContaining({ subject: 'up: dev' })], told])
    })
  })
}
