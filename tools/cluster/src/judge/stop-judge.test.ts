import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stopJudge } from './stop-judge.ts'

it('nothing is removed behind a link', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-link-'))
  const folder = join(scratch, 'judge')
  await mkdir(join(scratch, 'victim/etcd'), { recursive: true })
  await symlink(join(scratch, 'victim'), folder)
  try {
    await expect(stopJudge(folder)).rejects.toMatchObject({
      findings: [{ code: 'FOLDER_FOREIGN', at: { file: folder }, found: 'it is a link' }],
    })
    expect(existsSync(join(scratch, 'victim/etcd'))).toBe(true)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
})
