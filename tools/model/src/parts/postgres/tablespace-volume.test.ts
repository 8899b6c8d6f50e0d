import { expect, it } from 'vitest'
import { tablespaceVolume } from './tablespace-volume.ts'

it.each([
  ['archive', 'archive'],
  ['Hot_Data', 'hot-data'],
  ['_cold', '1cold'],
  ['__cold', '1-cold'],
  ['a$b', 'a-b'],
])('%s is %s in the names of volumes', (tablespace, volume) => {
  expect(tablespaceVolume(tablespace)).toBe(volume)
})
