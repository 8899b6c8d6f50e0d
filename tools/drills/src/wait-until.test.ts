import { expect, it } from 'vitest'
import { waitUntil } from './wait-until.ts'

it('looks again where a look fails', async () => {
  let looks = 0
  const isSo = () => {
    looks += 1
    return looks === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve(true)
  }
  await waitUntil('it was so', isSo, 10_000)
  expect(looks).toBe(2)
})

it('says what was waited for, and how the last look failed', async () => {
  const isSo = () => Promise.reject(new Error('refused'))
  await expect(waitUntil('it was so', isSo, 0)).rejects.toThrow('waited 0 s in vain until it was so: refused')
})
