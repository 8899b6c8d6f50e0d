import { commitTree, runGit, type Repository } from '@opencore/delivery'
import { hasGnupg, makeKey, openScratchRepository } from '@opencore/delivery/testing'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findTarget } from './find-target.ts'
import { lookHead } from './look-head.ts'
import { openOwnRefs } from './open-refs.ts'
import type { Promotion } from './promotion.ts'

type Environment = Promotion['environment']

let repository: Repository
let remove: () => Promise<void>
let home: string
let environments: Environment[]
const heads: Record<string, string> = {}

/** A signed commit on a ref, as a promotion makes it. */
async function promote(name: string, trailers: readonly string[], parent?: string): Promise<string> {
  const message = [`promote ${name}: cards`, '', 'Source: 1234', ...trailers, ''].join('\n')
  const files = [{ path: 'cards/manifests.yaml', text: name }]
  return commitTree(repository, { message, files, sign: true, evenSame: true }, parent)
}
const put = (ref: string, commit: string) => runGit(repository, ['update-ref', `refs/heads/${ref}`, commit])

beforeAll(async () => {
  if (!hasGnupg) return
  const scratch = await openScratchRepository()
  home = await mkdtemp(join(tmpdir(), 'gpg-'))
  const env = { ...scratch.repository.env, GNUPGHOME: home } as Record<string, string>
  ;({ remove } = scratch)
  repository = { ...scratch.repository, env }
  const key = await makeKey(env, 'tester')
  await runGit(repository, ['config', 'user.signingKey', key])
  environments = ['west', 'central'].map(
    (name) =>
      ({
        definition: { name },
        tier: { name: 'production', hub: 'production', delivery: { signingKeys: [key] } },
      }) as unknown as Environment,
  )
  for (const name of ['west', 'central']) heads[name] = await promote(name, [`Ref: env/${name}`])
})
afterAll(async () => {
  if (!hasGnupg) return
  await rm(home, { recursive: true, force: true })
  await remove()
})

const look = () => {
  const [environment] = environments
  if (environment === undefined) throw new Error('no environment')
  return lookHead(openOwnRefs(repository), { environments, environment }, 'env/west')
}

describe.skipIf(!hasGnupg)('the head of a ref', () => {
  it('says on top of itself which ref it was made for', async () => {
    await put('env/west', heads['west'] ?? '')
    await put('env/central', heads['central'] ?? '')
    const head = await look()
    expect(head.refused).toBeUndefined()
    expect(head.trailers).toEqual(['Ref: env/west', `Saw: env/central ${heads['central'] ?? ''}`])
  })

  it('is refused where it was made for another, however good its signature', async () => {
    await put('env/west', heads['central'] ?? '')
    expect(await look()).toMatchObject({
      kind: 'elsewhere',
      refused: {
        code: 'REF_FOREIGN',
        at: { file: 'env/west' },
        found: `commit ${heads['central']?.slice(0, 12) ?? ''} was made for env/central`,
        wanted:
          'a commit that was made for env/west: Argo CD takes this one, since the same key signed it, and with it what another environment runs',
        next: 'put the ref back from where somebody still has it; or go on from here, as a whole: opencore promote west',
      },
    })
  })

  it('is no state to go back to either', async () => {
    const [environment] = environments
    if (environment === undefined) throw new Error('no environment')
    const head = await promote('west', ['Ref: env/west'], heads['central'])
    await put('env/west', head)
    const target = findTarget(openOwnRefs(repository), environment, {
      head,
      release: undefined,
      to: heads['central'],
      accepts: () => true,
    })
    await expect(target).rejects.toMatchObject({
      findings: [
        {
          code: 'REF_FOREIGN',
          found: `commit ${heads['central']?.slice(0, 12) ?? ''}, to go back to, was made for env/central`,
          wanted: 'a state that was made for env/west',
          next: 'another one: opencore history west; --to',
        },
      ],
    })
  })
})
