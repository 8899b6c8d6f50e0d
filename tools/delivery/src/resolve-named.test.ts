import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Repository } from './git.ts'
import { resolveRevision, runGit } from './git.ts'
import { resolveNamed } from './resolve-named.ts'
import { openScratchRepository } from './testing.ts'
import { commitTree } from './write-ref.ts'

let repository: Repository
let remove: () => Promise<void>
let [merged, proposed]: string[] = []

beforeAll(async () => {
  ;({ repository, remove } = await openScratchRepository())
  merged = await commitTree(repository, { message: 'merged', files: [{ path: 'a', text: 'a' }] }, undefined)
  proposed = await commitTree(repository, { message: 'proposed', files: [{ path: 'a', text: 'b' }] }, merged)
  await runGit(repository, ['update-ref', 'refs/heads/main', merged])
  await runGit(repository, ['update-ref', 'refs/remotes/origin/main', merged])
  for (const tag of ['main', 'origin/main', 'heads/main', merged.slice(0, 12), 'v1'])
    await runGit(repository, ['update-ref', `refs/tags/${tag}`, proposed])
})
afterAll(() => remove())

describe(resolveNamed, () => {
  it('takes a branch, or a commit by its first digits, before a tag of that name', async () => {
    const names = [
      'main',
      'origin/main',
      'heads/main',
      'refs/heads/main',
      merged?.slice(0, 12) ?? '',
      merged ?? '',
    ]
    for (const name of names) expect([name, await resolveNamed(repository, name)]).toEqual([name, merged])
    expect(await resolveNamed(repository, 'v1~1')).toBe(merged)
  })

  it('takes a tag where nothing else has the name, and finds nothing of what is not there', async () => {
    expect(await resolveNamed(repository, 'v1')).toBe(proposed)
    expect(await resolveNamed(repository, 'nobody')).toBeUndefined()
  })
})

describe('what a clone says of objects', () => {
  it('is not believed: a commit has its own tree, and its own parents', async () => {
    await runGit(repository, ['replace', merged ?? '', proposed ?? ''])
    expect(await resolveRevision(repository, `${merged ?? ''}^{tree}`)).not.toBe(
      await resolveRevision(repository, `${proposed ?? ''}^{tree}`),
    )
  })
})
