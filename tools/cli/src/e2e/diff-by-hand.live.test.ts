import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDeliveryWorkspace, type DeliveryWorkspace } from './delivery-workspace.ts'

// Whatever somebody does by hand to an environment's ref is said first, with what puts it right; and that does.

describe('diff', () => {
  let workspace: DeliveryWorkspace

  beforeAll(async () => {
    workspace = await openDeliveryWorkspace()
    await workspace.promote('dev')
  })
  afterAll(() => workspace.remove())

  const diff = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await workspace.run('diff', 'dev', ...args)
    expect(exitCode, stderr).toBe(0)
    return stdout.split('\n')
  }

  it('says what was done by hand, and of what is past that it is', async () => {
    expect(await diff()).toEqual(['nothing differs'])
    const byHand = await workspace.push('env/dev', async (clone) => {
      const record = join(clone, 'cards', 'record.yaml')
      const text = await readFile(record, 'utf8')
      await writeFile(record, text.replace(/sourceCommit: .*/, `sourceCommit: ${'a'.repeat(40)}`))
      await rm(join(clone, 'notifications'), { recursive: true })
      await appendFile(join(clone, '.github', 'CODEOWNERS'), '/cards/ @somebody\n')
      await writeFile(join(clone, 'notes.txt'), 'mine\n')
    })
    const said = [
      'is on the ref otherwise than it was promoted',
      '  ! release notifications: somebody deleted its folder by hand; who: opencore history dev notifications; to put it right: opencore promote dev notifications',
      '  ! file notes.txt: no promotion wrote it; to put it right: opencore promote dev',
      '  ! file .github/CODEOWNERS: somebody changed by hand who approves; to put it right: opencore promote dev; it becomes: - /cards/ @somebody',
      '  ! release cards: somebody changed it by hand (record.yaml is not what was promoted); who: opencore history dev cards; to put it right: opencore promote dev cards',
    ]
    expect((await diff()).slice(0, said.length)).toEqual(said)
    const { stdout } = await workspace.run('history', 'dev', '--limit', '1')
    expect(stdout).toContain('by hand (by hand)')

    const { changed } = await workspace.promote('dev')
    expect(changed.toSorted()).toEqual(['cards', 'notifications'])
    expect(await diff()).toEqual(['nothing differs'])
    expect((await diff('cards', '--from', byHand)).slice(0, 2)).toEqual([
      'was on the ref otherwise than it was promoted',
      `  ! release cards: at ${byHand.slice(0, 12)} somebody had changed it by hand (record.yaml is not what was promoted); who: opencore history dev cards`,
    ])
  })
})
