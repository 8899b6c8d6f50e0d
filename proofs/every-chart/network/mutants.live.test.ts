import { ensureTools } from '@opencore/toolchain'
import { checkRules, type EnvironmentInput } from '@opencore/verify'
import { beforeAll, expect, it } from 'vitest'
import { findMoving, judgeMutants } from './judge-mutants.ts'
import { listMutants, spreadMutants } from './list-mutants.ts'
import { renderEnvironments } from '../../shared/render-environments.ts'

// Each kind of rule that charts render is made wider or narrower: `verify` has to notice whatever netpol-analyzer says is
// another meaning. What `verify` lets pass goes to netpol-analyzer, and of each kind one that has to be another meaning.

/** Of each kind of change, over all environments. */
const TRIED = 10

beforeAll(() => ensureTools(['netpol-analyzer'], console.error))

it('no policy can change its meaning without a finding', async () => {
  const environments = await renderEnvironments()
  expect(environments.flatMap(listErrors)).toEqual([])
  const tried = spreadMutants(environments.flatMap(listMutants), TRIED)
  const caught = new Set(tried.filter(({ input }) => listErrors(input).length > 0))
  const passed = tried.filter((mutant) => !caught.has(mutant))
  const moving = findMoving([...caught], 1)
  const judgements = await judgeMutants([...passed, ...moving])
  const moved = judgements.filter(({ isMoved }) => isMoved).map(({ mutant }) => mutant)

  const count = (kind: string, some: readonly { kind: string }[]) =>
    some.filter((mutant) => mutant.kind === kind).length
  console.table(
    [...new Set(tried.map(({ kind }) => kind))].map((kind) => ({
      change: kind,
      tried: count(kind, tried),
      caught: count(kind, [...caught]),
      judged: count(
        kind,
        judgements.map(({ mutant }) => mutant),
      ),
      moved: count(kind, moved),
    })),
  )
  expect(judgements.filter(({ isAgreed }) => !isAgreed).map(({ mutant }) => mutant.title)).toEqual([])
  expect(moved.map(({ title }) => title)).toEqual(moving.map(({ title }) => title))
})

/** What `verify` refuses; of what is waived it warns. */
function listErrors(input: EnvironmentInput) {
  return checkRules(input).filter(({ severity }) => severity === 'error')
}
