import { describe, expect, it } from 'vitest'
import { LAYERS_MODULE, runLayers } from './run-layers.ts'

describe(runLayers, () => {
  it('gives what the bundle exports', async () => {
    expect(await run('parentPort.postMessage({ exports: { a: 1 } })')).toEqual({
      end: 'exported',
      exports: { a: 1 },
    })
  })

  it('gives no environment variable', async () => {
    expect(await run('parentPort.postMessage({ exports: { ...process.env } })')).toEqual({
      end: 'exported',
      exports: {},
    })
  })

  it('ends one that never ends, and says which file ran', async () => {
    expect(await run("parentPort.postMessage({ entered: 'a.ts' }); for (;;);", 1000)).toEqual({
      end: 'endless',
      file: 'a.ts',
    })
  })

  it('ends one that fills its memory', async () => {
    const outcome = await run('const all = []; for (;;) all.push(new Array(1e6).fill(0.5))', 60_000)
    expect(outcome).toMatchObject({ end: 'threw', error: { code: 'ERR_WORKER_OUT_OF_MEMORY' } })
  })

  it('notices one that ends itself', async () => {
    expect(await run("parentPort.postMessage({ entered: 'a.ts' }); process.exit(0)")).toEqual({
      end: 'exited',
      file: 'a.ts',
    })
  })

  it('gives what was thrown, and where', async () => {
    expect(await run("throw new Error('no images today')")).toMatchObject({
      end: 'threw',
      error: {
        message: 'no images today',
        stack: expect.stringMatching(new RegExp(`/${LAYERS_MODULE}:2:7$`, 'm')) as string,
      },
    })
  })
})

const run = (body: string, limit?: number) =>
  runLayers(`import { parentPort } from 'node:worker_threads'\n${body}`, limit)
