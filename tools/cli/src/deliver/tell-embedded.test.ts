import { layOut } from '@opencore/cluster'
import { identifyProcess } from '@opencore/cluster/process-identity'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { tellEmbedded } from './tell-embedded.ts'

it('says that a platform which runs here follows refs of its own, and of none nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tell-embedded-'))
  try {
    expect(await tellEmbedded(folder)).toBeUndefined()
    const { state } = layOut(folder)
    await mkdir(dirname(state), { recursive: true })
    await writeFile(
      state,
      JSON.stringify({ supervisor: await identifyProcess(process.pid), phase: 'running' }),
    )
    expect(await tellEmbedded(folder)).toBe(
      'the platform that runs here follows refs of its own: opencore up brings it what this checkout has',
    )
    await writeFile(
      state,
      JSON.stringify({ supervisor: { pid: process.pid, started: '0' }, phase: 'running' }),
    )
    expect(await tellEmbedded(folder)).toBeUndefined()
  } finally {
    await rm(folder, { recursive: true })
  }
})
