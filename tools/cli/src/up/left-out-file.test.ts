import { layOut } from '@opencore/cluster'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLeftOut, writeLeftOut } from './left-out-file.ts'

const leave = (environment: string, name: string) => ({
  application: `${environment}-${name}`,
  environment,
  reason: 'needs events',
})

test('what is left out of one environment is noted anew, and of others kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-left-out-'))
  try {
    expect(await readLeftOut(folder)).toEqual([])
    await mkdir(layOut(folder).data)
    await writeLeftOut(folder, ['dev', 'staging'], [leave('dev', 'accounts'), leave('staging', 'payments')])
    await writeLeftOut(folder, ['dev'], [leave('dev', 'cards')])
    expect(await readLeftOut(folder)).toEqual([leave('staging', 'payments'), leave('dev', 'cards')])
  } finally {
    await rm(folder, { recursive: true })
  }
})
