import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureTools } from './ensure-tools.ts'
import { bundleProgram } from './testing.ts'
import { workspaceRoot } from './workspace-root.ts'

// Inside the checkout, since a tool's module is found upwards from the code that runs.
const bundle = path.join(workspaceRoot(), 'dist', 'test', 'ensure-tools.mjs')
const caches: string[] = []

beforeAll(async () => {
  const contents = `import { ensureTools } from './ensure-tools.ts'
    console.log(JSON.stringify(await ensureTools(['redis-server'], (line) => console.error(line))))`
  await bundleProgram({ contents, resolveDir: import.meta.dirname }, bundle)
})

afterAll(() => {
  for (const cache of caches) rmSync(cache, { recursive: true, force: true })
})

function temporaryCache(): string {
  const cache = mkdtempSync(path.join(tmpdir(), 'opencore-tools-'))
  caches.push(cache)
  return cache
}

function start(cache: string) {
  // Its own process group, so that a test can kill it together with the go command, as a power cut would.
  const child = spawn(process.execPath, [bundle], {
    detached: true,
    env: { ...process.env, OPENCORE_CACHE: cache },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()))
  return { child, output, ended: ended(child) }
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('close', resolve))

const compiled = (cache: string) => {
  const folder = path.join(cache, 'go-build', 'cache')
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((file) => String(file).endsWith('-d')).length
    : 0
}

describe(ensureTools, () => {
  it('builds once when two ask at the same time, and drops the build cache', async () => {
    const cache = temporaryCache()
    const runs = [start(cache), start(cache)]
    expect(await Promise.all(runs.map((run) => run.ended))).toEqual([0, 0])
    const paths = runs.map(
      ({ output }) => (JSON.parse(output.stdout) as Record<string, string>)['redis-server'],
    )
    expect(paths[0]).toBe(paths[1])
    expect(existsSync(paths[0] ?? '')).toBe(true)
    const progress = runs.map(({ output }) => output.stderr).join('')
    expect(progress.match(/^built redis-server/gm)).toHaveLength(1)
    expect(progress).toContain('waiting for another opencore process that builds redis-server')
    expect(readdirSync(cache).sort()).toEqual(['bin', 'locks'])
  })

  it('resumes a build that was killed', async () => {
    const cache = temporaryCache()
    const killed = start(cache)
    while (compiled(cache) < 40) await sleep(100)
    process.kill(-(killed.child.pid ?? 0), 'SIGKILL')
    await killed.ended
    const before = compiled(cache)
    expect(readdirSync(path.join(cache, 'bin')).filter((name) => !name.startsWith('.'))).toEqual([])

    const second = start(cache)
    await sleep(1000)
    expect(compiled(cache)).toBeGreaterThanOrEqual(before)
    expect(await second.ended).toBe(0)
    expect(readdirSync(path.join(cache, 'bin'))).toEqual([
      expect.stringMatching(/^redis-server-[0-9a-f]{12}$/),
    ])
  })
})
