import { FindingsError, formatFinding } from '@opencore/contract/findings'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { fetchPinned } from './fetch-pinned.ts'
import { Unreachable } from './unreachable.ts'

const text = 'kind: CustomResourceDefinition\n'
const sha256 = createHash('sha256').update(text).digest('hex')
// Nothing listens on the discard port.
const source = {
  name: 'widgets',
  for: 'tests',
  group: 'example.com',
  url: 'http://127.0.0.1:9',
  mirror: 'widgets-1.0.0',
  files: { 'widgets.yaml': sha256 },
}
let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'opencore-mirror-'))
  mkdirSync(path.join(folder, source.mirror))
  vi.stubEnv('OPENCORE_CACHE', path.join(folder, 'cache'))
  vi.stubEnv('OPENCORE_CRD_MIRROR', folder)
})

afterEach(() => {
  vi.unstubAllEnvs() // cspell:words unstub
  rmSync(folder, { recursive: true })
})

describe(fetchPinned, () => {
  it('takes the file from the mirror', async () => {
    writeFileSync(path.join(folder, source.mirror, 'widgets.yaml'), text)
    expect(await fetchPinned(source)).toEqual([text])
  })

  it('refuses a file of another content', async () => {
    writeFileSync(path.join(folder, source.mirror, 'widgets.yaml'), 'kind: Other\n')
    const refused = await fetchPinned(source).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(FindingsError)
    const [finding] = (refused as FindingsError).findings
    expect(finding && formatFinding(finding)).toMatch(/\[API_SOURCE_CHANGED\][^]*want {2}sha256 /)
  })

  it('says that neither the mirror nor the address has it', async () => {
    await expect(fetchPinned(source)).rejects.toThrow(Unreachable)
  })
})
