import { describe, expect, it } from 'vitest'
import { useWorkspace } from './use-workspace.ts'

const { run } = useWorkspace()
const nothing =
  'env/staging: nothing was promoted to staging yet; next: opencore promote dev && opencore promote staging'

describe('history', () => {
  it('of what nothing was promoted to says so, and how to begin', async () => {
    expect(await run('history', 'staging')).toEqual({ exitCode: 0, stdout: '', stderr: nothing })
    expect(await run('history', 'staging', 'accounts')).toEqual({ exitCode: 0, stdout: '', stderr: nothing })
  })

  it('is an empty list for a script', async () => {
    expect(await run('history', 'staging', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]',
      stderr: nothing,
    })
  })
})
