import { execa } from 'execa'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkTiers } from './check-tiers.ts'
import { fetchMain } from './main-branch.ts'

let folder: string
const file = 'environments/tiers/production.ts'
const gitIn = async (name: string, ...args: string[]) => {
  const who = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
  return execa('git', [...who, ...args], { cwd: join(folder, name) })
}
const merge = async (name: string, text: string, path = file) => {
  await writeFile(join(folder, name, path), text)
  await gitIn(name, 'add', '.')
  await gitIn(name, 'commit', '--quiet', '--message', text)
  await gitIn(name, 'push', '--quiet', 'origin', 'main')
}
const found = async () => {
  await fetchMain(join(folder, 'mine'))
  return (await checkTiers(join(folder, 'mine'))).map(({ code, at }) => [code, at.file])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-tiers-'))
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(folder, 'origin.git')])
  for (const name of ['mine', 'theirs'])
    await execa('git', ['clone', '--quiet', join(folder, 'origin.git'), join(folder, name)])
  await gitIn('theirs', 'symbolic-ref', 'HEAD', 'refs/heads/main')
  await mkdir(join(folder, 'theirs', 'environments', 'tiers'), { recursive: true })
  await merge('theirs', 'keys: A\n')
  await gitIn('mine', 'pull', '--quiet', 'origin', 'main')
})
afterAll(() => rm(folder, { recursive: true }))

it('takes an older checkout whose tiers are those of the main branch', async () => {
  await merge('theirs', 'more\n', 'README.md')
  expect(await found()).toEqual([])
})

it('refuses a checkout that is older than what a tier says now', async () => {
  await merge('theirs', 'keys: B\n')
  expect(await found()).toEqual([['TIERS_OUTDATED', file]])
  await gitIn('mine', 'pull', '--quiet', 'origin', 'main')
  expect(await found()).toEqual([])
})

it('refuses a checkout in which somebody is at work on a tier', async () => {
  await writeFile(join(folder, 'mine', file), 'keys: C\n')
  expect(await found()).toEqual([['TIERS_OUTDATED', file]])
  await gitIn('mine', 'checkout', '--quiet', '--', file)
  expect(await found()).toEqual([])
})

it('says of an origin that is gone what it had last', async () => {
  await rm(join(folder, 'origin.git'), { recursive: true })
  expect(await found()).toEqual([])
})
