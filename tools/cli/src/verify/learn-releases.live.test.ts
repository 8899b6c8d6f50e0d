import type { DiskRelease } from '@opencore/renderer'
import { renderAndLint, toRequests } from '@opencore/renderer'
import { cacheFolder, ensureTools } from '@opencore/toolchain'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { learnReleases } from './learn-releases.ts'

let root = ''

/** An environment with one release of this name. */
const environment = async (name: string, values = `name: ${name}\n`) => {
  const valuesFile = `${name}.yaml`
  await writeFile(join(root, valuesFile), values)
  const release = {
    environment: name,
    release: 'a',
    chart: 'demo',
    namespace: 'n',
    kubeVersion: '1.36.3',
    valuesFile,
  }
  return { releases: [release as DiskRelease] }
}
const learn = async (...environments: Awaited<ReturnType<typeof environment>>[]) => [
  ...(await learnReleases(root, environments, () => undefined)),
]

beforeAll(async () => {
  await ensureTools(['renderer'], (line) => {
    console.error(line)
  })
  root = await mkdtemp(join(tmpdir(), 'opencore-learn-'))
  const cache = join(root, 'cache')
  await mkdir(cache)
  await symlink(join(cacheFolder(), 'bin'), join(cache, 'bin'))
  vi.stubEnv('OPENCORE_CACHE', cache)
  await cp(join(import.meta.dirname, 'fixtures/workspace'), root, { recursive: true })
})

afterAll(() => rm(root, { recursive: true }))

describe(learnReleases, () => {
  test('has releases of several environments known, and says which were not', async () => {
    const environments = [await environment('one'), await environment('two')]
    expect(await learn(...environments)).toEqual(['one/a', 'two/a'])
    expect(await learn(...environments, await environment('three'))).toEqual(['three/a'])
    const known = []
    for await (const one of renderAndLint(
      toRequests(
        root,
        environments.flatMap(({ releases }) => releases),
      ),
      () => undefined,
    ))
      known.push(one.known)
    expect(known).toEqual([true, true])
  })

  test('leaves what is refused, and one environment alone', async () => {
    expect(await learn(await environment('four'))).toEqual([])
    const refused = await environment('five', 'name: forbidden\n')
    expect(await learn(await environment('four'), refused)).toEqual(['four/a', 'five/a'])
    expect(await learn(await environment('four'), refused)).toEqual(['five/a'])
  })
})
