import { build } from 'esbuild'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nameOwnCode } from './own-code.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-code-'))
  await write('main.ts', "await import('./verify.ts'); await import('./other.ts')")
  await write('verify.ts', "import { rule } from './rule.ts'; console.log(rule, import.meta.url)")
  await write('other.ts', "import { rule } from './rule.ts'; console.log('other', rule)")
  await write('rule.ts', "import { deep } from './deep.ts'; export const rule = () => deep")
  await write('deep.ts', 'export const deep = 1')
})
afterEach(() => rm(folder, { recursive: true }))

const write = (file: string, text: string) => writeFile(join(folder, file), text)

/** The part of a bundle, made as ours is, that a command's module is in. */
async function nameOf(command: string): Promise<string | undefined> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.ts')],
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
  })
  const part = outputFiles.find(({ text }) => text.includes(command))
  return nameOwnCode(`file://${part?.path ?? ''}`)
}

describe(nameOwnCode, () => {
  test('is another when anything below it is', async () => {
    const before = await nameOf('import.meta.url')
    expect(before).toMatch(/^verify-\w{8}\.js$/)
    await write('deep.ts', 'export const deep = 2')
    expect(await nameOf('import.meta.url')).not.toBe(before)
    await write('deep.ts', 'export const deep = 1')
    expect(await nameOf('import.meta.url')).toBe(before)
  })

  test('is nothing for sources', () => {
    expect(nameOwnCode(import.meta.url)).toBeUndefined()
  })
})
