import { FindingsError } from '@opencore/contract/findings'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeRealCluster, startRealCluster } from './real-cluster.ts'

it('a link is neither started in nor removed, and neither is what it leads to', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-link-'))
  const folder = join(scratch, 'nodes')
  await mkdir(join(scratch, 'victim'))
  await writeFile(join(scratch, 'victim/kept'), '')
  await symlink(join(scratch, 'victim'), folder)
  const refused = { findings: [{ code: 'FOLDER_FOREIGN', at: { file: folder }, found: 'it is a link' }] }
  try {
    const removal: unknown = await removeRealCluster(folder).catch((error: unknown) => error)
    expect(removal).toBeInstanceOf(FindingsError)
    expect(removal).toMatchObject(refused)
    const spec = { folder, zones: ['a'], images: [], definitions: [] }
    await expect(startRealCluster(spec, () => undefined)).rejects.toMatchObject(refused)
    expect(existsSync(folder) && existsSync(join(scratch, 'victim/kept'))).toBe(true)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
})
