import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'

/** The script beside a workspace of its own: it looks around from where it lies. */
interface Bundle {
  bundleIsStale: () => boolean
  stampSources: () => string
}

const workspace = await mkdtemp(join(tmpdir(), 'opencore-bundle-'))
await cp(join(import.meta.dirname, 'bundle.mjs'), join(workspace, 'scripts/bundle.mjs'))
const script = pathToFileURL(join(workspace, 'scripts/bundle.mjs')).href
const { bundleIsStale, stampSources } = (await import(script)) as Bundle

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true })
  await writeFile(join(workspace, path), text)
}

/** A workspace whose bundle is of what is there. */
beforeEach(async () => {
  for (const path of ['package.json', 'package-lock.json', 'tools/model/package.json'])
    await write(path, '{}')
  await write('tools/model/src/index.ts', 'export {}')
  await write('tools/model/src/index.test.ts', '')
  await write('dist/cli/main.js', '')
  await write('dist/cli/sources', stampSources())
})
afterAll(() => rm(workspace, { recursive: true }))

describe('the bundle', () => {
  test('is as good as new where nothing changed', () => {
    expect(bundleIsStale()).toBe(false)
  })

  test.each([
    'package.json',
    'package-lock.json',
    'tools/model/package.json',
    'tools/model/src/index.ts',
    'tools/model/src/added.ts',
  ])('is stale after a change of %s', async (path) => {
    await write(path, '{ "changed": true }')
    expect(bundleIsStale()).toBe(true)
  })

  test('is stale once a source, or the bundle itself, is gone', async () => {
    await rm(join(workspace, 'tools/model/src/index.ts'))
    expect(bundleIsStale()).toBe(true)
    await write('dist/cli/sources', stampSources())
    expect(bundleIsStale()).toBe(false)
    await rm(join(workspace, 'dist/cli/main.js'))
    expect(bundleIsStale()).toBe(true)
  })

  test('has nothing to do with tests', async () => {
    await write('tools/model/src/index.test.ts', 'changed')
    expect(bundleIsStale()).toBe(false)
  })
})
