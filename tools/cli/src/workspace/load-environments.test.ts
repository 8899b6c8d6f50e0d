import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workspaceRoot } from '@opencore/toolchain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadEnvironments } from './load-environments.ts'

let root = ''

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opencore-load-'))
  await symlink(join(workspaceRoot(), 'node_modules'), join(root, 'node_modules'))
  await mkdir(join(root, 'environments/dev'), { recursive: true })
  await writeFile(join(root, 'environments/dev/index.ts'), 'export const replicas = 2\n')
})
afterAll(() => rm(root, { recursive: true, force: true }))

it('runs what definitions say, and nothing that somebody left where this checkout keeps things', async () => {
  const load = () => loadEnvironments(root, ['environments/dev/index.ts'])
  const expected = { modules: { 'environments/dev/index.ts': { replicas: 2 } } }
  expect(await load()).toMatchObject(expected)
  const planted = `import { parentPort } from 'node:worker_threads'
import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(join(root, 'planted'))}, '')
parentPort.postMessage({ exports: {} })`
  const cache = join(root, '.opencore/cache')
  for (const name of await readdir(cache).catch(() => [])) await writeFile(join(cache, name), planted)
  expect(await load()).toMatchObject(expected)
  expect(await readdir(root)).not.toContain('planted')
})
