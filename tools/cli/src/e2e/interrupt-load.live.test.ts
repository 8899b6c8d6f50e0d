import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { root } from './opencore.ts'

let workspace: Awaited<ReturnType<typeof copyWorkspace>>

beforeAll(async () => {
  workspace = await copyWorkspace()
  await writeFile(join(workspace.folder, 'environments', 'helper.ts'), "console.log('begun')\nfor (;;);\n")
})
afterAll(() => workspace.remove())

describe('a command whose definitions never end', () => {
  // Waits until the definitions run: a second or two.
  it.each(['SIGINT', 'SIGTERM'] as const)('ends by %s at once', async (signal) => {
    const child = execa(process.execPath, [join(root, 'bin/opencore.mjs'), 'generate'], {
      cwd: workspace.folder,
      reject: false,
      stdin: 'ignore',
    })
    await new Promise<void>((resolve) => {
      child.stderr.once('data', () => {
        resolve()
      })
    })
    const sent = Date.now()
    child.kill(signal)
    const late = sleep(5000).then(() => {
      child.kill('SIGKILL')
    })
    expect((await child).signal).toBe(signal)
    expect(Date.now() - sent).toBeLessThan(5000)
    await late
  })
})
