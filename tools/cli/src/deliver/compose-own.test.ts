import { composeUpdate, readWithHands, writeRef } from '@opencore/delivery'
import { makeRendered, openScratchRepository } from '@opencore/delivery/testing'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { composeOwn } from './compose-own.ts'
import { describePromotion } from './describe-promotion.ts'
import type { Refs } from './open-refs.ts'
import type { Promotion } from './promotion.ts'

let repository: Refs['repository']
let remove: () => Promise<void>
const environment = { definition: { name: 'dev' }, tier: { delivery: {} } } as Promotion['environment']
const promotion = { environment, releases: ['one'], dryRun: false } as unknown as Promotion

beforeAll(async () => {
  ;({ repository, remove } = await openScratchRepository())
})
afterAll(() => remove())

const render = (values: string) => makeRendered('one', { values, manifests: '' })

/** As `promote dev one` does, without verifying. */
async function promote(values: string, owners: string) {
  const before = await readWithHands(repository, 'refs/heads/env/dev')
  const update = composeUpdate(before, [render(values)], [], { owners })
  const message = describePromotion({ ...promotion, from: undefined }, update, {
    sources: ['1234'],
    trailers: [],
  })
  const head = { commit: before.commit, trailers: [] }
  const move = await composeOwn(promotion, { refs: { repository } as Refs, head, update, message })
  await execa('git', ['--git-dir', repository.folder, 'update-ref', 'refs/heads/env/dev', move.after])
  return move
}

it('commits what somebody changed by hand also where it comes out the same, once', async () => {
  await promote('a: 1\n', '* @bank/a\n')
  const { files } = composeUpdate({ releases: [], strangers: [] }, [render('a: 2\n')], [], {
    owners: '* @bank/b\n',
  })
  await writeRef(repository, { ref: 'env/dev', message: 'by hand', files })
  const byHand = await readWithHands(repository, 'env/dev')
  expect(byHand.releases[0]?.drift).toBe('record.yaml is not what was promoted')
  expect(byHand.areOwnersByHand).toBe(true)
  const move = await promote('a: 2\n', '* @bank/b\n')
  expect(move.after).not.toBe(move.before)
  const after = await readWithHands(repository, 'env/dev')
  expect([after.releases[0]?.drift, after.areOwnersByHand]).toEqual([undefined, false])
  expect(await promote('a: 2\n', '* @bank/b\n')).toMatchObject({ before: move.after, after: move.after })
})
