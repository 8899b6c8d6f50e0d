import type { PlatformEnvironment } from '@opencore/model'
import { expect, it } from 'vitest'
import { findMissing } from './find-missing.ts'

const make = (name: string, tier: string, role = 'active', counterpart?: string) =>
  ({
    definition: { name, role, ...(counterpart && { counterpart: { environment: counterpart } }) },
    tier: { name: tier },
  }) as unknown as PlatformEnvironment
const west = make('west', 'production', 'active', 'east')
const east = make('east', 'production', 'standby', 'west')
const staging = make('staging', 'staging')
const dev = make('dev', 'development')
// As a folder lists them, and not as releases come to them.
const platform = { environments: [dev, west, east, staging] }
const withRefs = (...there: string[]) => ({
  look: (ref: string) => Promise.resolve(there.includes(ref) ? 'c0ffee' : undefined),
})
const nextOf = async (refs: ReturnType<typeof withRefs>, asked: readonly PlatformEnvironment[]) =>
  (await findMissing(refs, platform, asked, 'something')).map(({ found, next }) => [found, next])

it('names promotions in the order of the rings, the region that waits first', async () => {
  expect(await nextOf(withRefs('env/dev'), [west, staging])).toEqual([
    [
      'nothing was promoted to staging and west yet',
      'opencore promote staging && opencore promote east && opencore promote west',
    ],
  ])
})

it('names what comes before, and is missing as well', async () => {
  expect(await nextOf(withRefs(), [staging])).toEqual([
    ['nothing was promoted to staging yet', 'opencore promote dev && opencore promote staging'],
  ])
})

it('asks for nothing where something runs, whatever comes before it', async () => {
  expect(await nextOf(withRefs('env/staging', 'env/west'), [staging, west])).toEqual([])
})
