import { formatFinding, FindingsError } from '@opencore/contract/findings'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { refuseOwnPlatform } from './refuse-own-platform.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencore-own-'))
  vi.stubEnv('KUBECONFIG', join(folder, 'kubeconfig'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** The authority that the platform of the folder signs with, and the one that a context trusts. */
function write(own: string | undefined, trusted: string): void {
  const certificates = join(folder, 'data', 'certificates')
  mkdirSync(certificates, { recursive: true })
  if (own !== undefined)
    writeFileSync(join(certificates, 'certificates.json'), JSON.stringify({ authority: own }))
  const data = Buffer.from(trusted).toString('base64')
  const cluster = { server: 'https://127.0.0.1:6443', 'certificate-authority-data': data }
  const config = {
    contexts: [{ name: 'hub', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token: 'abc' } }],
  }
  writeFileSync(join(folder, 'kubeconfig'), stringify(config))
}

test('a context of the embedded platform is no hub', async () => {
  write('our authority\n', 'our authority')
  const error: unknown = await refuseOwnPlatform(folder, 'hub').catch((reason: unknown) => reason)
  expect(error instanceof FindingsError && error.findings.map(formatFinding).join('\n'))
    .toMatchInlineSnapshot(`
    "--context hub: it reaches the embedded platform of this checkout  [CONTEXT_EMBEDDED]
      want  a hub of its own
      next  opencore up, without --context, is for the embedded platform"
  `)
})

test.each([['our authority'], [undefined]])('another hub is one, whatever runs here (%s)', async (own) => {
  write(own, 'another authority')
  await expect(refuseOwnPlatform(folder, 'hub')).resolves.toBeUndefined()
})
