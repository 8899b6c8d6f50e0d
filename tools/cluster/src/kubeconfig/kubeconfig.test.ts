import { FindingsError, formatFinding } from '@opencore/contract/findings'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { issue, makeAuthority } from '../control-plane/certificate-authority.ts'
import { readKubeconfig } from './kubeconfig.ts'
import { findContexts, openContext } from './open-context.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-kubeconfig-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const server = 'https://10.0.0.1:6443'

/** A kubeconfig with the context `hub` in a file of this name. */
async function write(file: string, user: object, cluster: object = { server }): Promise<string> {
  const path = join(folder, file)
  const context = { name: 'hub', context: { cluster: 'c', user: 'u' } }
  const config = {
    contexts: [context],
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
  }
  await writeFile(path, stringify(config))
  return path
}

const open = async (files: string, name = 'hub') =>
  openContext(await readKubeconfig({ KUBECONFIG: files }), name)

/** What is refused, with the scratch folder left out. */
async function refusalOf(files: string, name?: string): Promise<string> {
  const error: unknown = await open(files, name).catch((reason: unknown) => reason)
  if (!(error instanceof FindingsError)) throw new Error('it was not refused', { cause: error })
  return error.findings.map(formatFinding).join('\n').replaceAll(`${folder}/`, '')
}

describe('a context', () => {
  test('with a token', async () => {
    const files = await write(
      'token',
      { token: 'abc' },
      { server: `${server}/`, 'tls-server-name': 'kubernetes' },
    )
    expect(await open(files)).toEqual({ server, serverName: 'kubernetes', token: 'abc' })
  })

  test('with files beside it', async () => {
    await writeFile(join(folder, 'ca.crt'), 'CA')
    await writeFile(join(folder, 'token.txt'), 'abc\n')
    const files = await write(
      'files',
      { tokenFile: 'token.txt' },
      { server, 'certificate-authority': 'ca.crt' },
    )
    expect(await open(files)).toEqual({ server, authority: 'CA', token: 'abc' })
  })

  test('with a command that brings a token', async () => {
    await writeFile(
      join(folder, 'plugin.sh'),
      `#!/bin/sh\necho "{\\"status\\": {\\"token\\": \\"$1-$REGION\\"}}"\n`,
      { mode: 0o755 },
    )
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './plugin.sh',
      args: ['for'],
      env: [{ name: 'REGION', value: 'eu' }],
    }
    expect(await open(await write('exec', { exec }))).toEqual({ server, token: 'for-eu' })
  })

  test('of two files with one name is that of the first, and one that is not there is left out', async () => {
    const first = await write('first', { token: 'first' })
    const second = await write('second', { token: 'second' })
    expect(await open([join(folder, 'absent'), first, second].join(':'))).toEqual({ server, token: 'first' })
  })

  test('is found by its server', async () => {
    const config = await readKubeconfig({ KUBECONFIG: await write('found', { token: 'abc' }) })
    expect(findContexts(config, `${server}/`)).toEqual(['hub'])
    expect(findContexts(config, 'https://10.0.0.2')).toEqual([])
  })
})

describe('refused is', () => {
  test('a name that is none, with those that are there', async () => {
    expect(await refusalOf(await write('unknown', { token: 'abc' }), 'hubs')).toMatchInlineSnapshot(`
      "unknown: there is no context "hubs"  [CONTEXT_UNKNOWN]
        want  one of hub
        next  did you mean hub?"
    `)
  })

  test('any name where there is no kubeconfig', async () => {
    expect(await refusalOf(join(folder, 'absent'))).toMatchInlineSnapshot(`
      "absent: there is no context "hub"  [CONTEXT_UNKNOWN]
        want  a context; there is none
        next  kubectl config get-contexts, or set KUBECONFIG"
    `)
  })

  test('what is not YAML, without its words', async () => {
    await writeFile(join(folder, 'broken'), 'users: [token: secret: more')
    expect(await refusalOf(join(folder, 'broken'))).toMatchInlineSnapshot(`
      "broken: it is not YAML  [KUBECONFIG_INVALID]
        want  a kubeconfig with contexts, clusters and users
        next  kubectl config view says whether kubectl can read it"
    `)
  })

  test('a certificate that ended', async () => {
    vi.useFakeTimers({ now: new Date('2020-01-01'), toFake: ['Date'] })
    const { certificate, key } = await issue(await makeAuthority('old'), 'CN=old')
    vi.useRealTimers()
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const user = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) }
    expect(await refusalOf(await write('expired', user))).toMatchInlineSnapshot(`
      "expired: context "hub": the client certificate ended at 2020-12-31T00:00:00.000Z  [CREDENTIALS_EXPIRED]
        want  a certificate that is valid now
        next  get a new kubeconfig from whoever gave you this one"
    `)
  })

  test('a command that fails, with its last words', async () => {
    await writeFile(join(folder, 'failing.sh'), '#!/bin/sh\necho "session expired" >&2\nexit 3\n', {
      mode: 0o755,
    })
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './failing.sh' }
    expect(await refusalOf(await write('failing', { exec }))).toMatchInlineSnapshot(`
      "failing: context "hub": ./failing.sh ended with 3: session expired  [CONTEXT_UNUSABLE]
        want  a verified server, and a client certificate, a token or a command that brings one of them
        next  kubectl --context hub version says whether kubectl can use it"
    `)
  })

  test.each([
    ['its user u has neither', {}, { server }],
    ['its user u signs in by auth-provider', { 'auth-provider': { name: 'oidc' } }, { server }],
    [
      'its cluster c is not to be verified (insecure-skip-tls-verify)',
      { token: 'a' },
      { server, 'insecure-skip-tls-verify': true },
    ],
    ['its cluster c has no server at https://', { token: 'a' }, { server: 'http://10.0.0.1' }],
    [
      'its cluster c is behind a proxy (proxy-url), which opencore does not use',
      { token: 'a' },
      { server, 'proxy-url': 'socks5://localhost' },
    ],
  ])('a context of which it says that %s', async (found, user, cluster) => {
    expect(await refusalOf(await write('odd', user, cluster))).toContain(
      `odd: context "hub": ${found}  [CONTEXT_UNUSABLE]`,
    )
  })
})
