import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasGnupg } from '../e2e/opencore.ts'
import type { HubWanted } from './hub/hub-wanted.ts'
import { describeKey, lookAtKeys } from './hub/key-validity.ts'
import { readSigningKey } from './read-signing-key.ts'
import { showRows, someHub } from './test-support.ts'

// Keys of the real GnuPG, made at another time.

const MADE = '20260101T000000'
const now = new Date('2026-06-01T18:00:00Z')
const id = '7B1D5C0A94E2F836'
const wanted: HubWanted = someHub

let home = ''
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'opencore-expiry-'))
})
afterAll(async () => {
  if (hasGnupg) await execa('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'])
  await rm(home, { recursive: true })
})

const gpg = async (...args: string[]) =>
  (
    await execa('gpg', ['--batch', '--homedir', home, '--faked-system-time', `${MADE}!`, ...args], {
      // GnuPG takes a date for noon where it is.
      env: { TZ: 'UTC' },
    })
  ).stdout

/** A public key that signs until then; `never` has no end. */
async function makeKey(name: string, until: string, use = 'sign'): Promise<string> {
  await gpg('--passphrase', '', '--quick-generate-key', name, 'ed25519', use, until)
  return gpg('--armor', '--export', name)
}

const fingerprintOf = async (name: string) =>
  /^fpr:+([0-9A-F]+):$/m.exec(await gpg('--with-colons', '--list-keys', name))?.[1] ?? ''

async function look(key: string): Promise<string> {
  return showRows([describeKey(wanted, id, await readSigningKey(key), now)]).replaceAll(
    /\b[0-9A-F]{40}\b/g,
    'FINGERPRINT',
  )
}

describe.skipIf(!hasGnupg)('a signing key', () => {
  test('that does not expire, or late', async () => {
    expect(await look(await makeKey('never', 'never'))).toMatch(
      /^ok signing key 7B1D5C0A94E2F836: validity: it does not expire/,
    )
    expect(await look(await makeKey('late', '2027-01-01'))).toMatch(/^ok .*: until 2027-01-01/)
  })

  test('that expires soon, or has', async () => {
    expect(await look(await makeKey('soon', '2026-06-20'))).toMatchInlineSnapshot(`
      "wrong soon signing key 7B1D5C0A94E2F836: validity: until 2026-06-20, in 18 days | wanted valid for 30 days: once it has expired, Argo CD takes nothing that it ever signed
        gpg --quick-set-expire FINGERPRINT 1y && kubectl --context hub -n argocd patch configmap argocd-gpg-keys-cm --type merge --patch "$(printf 'data:\\n  7B1D5C0A94E2F836: |\\n'; gpg --armor --export 7B1D5C0A94E2F836 | sed 's/^/    /')" && kubectl --context hub -n argocd rollout restart deployment/argocd-repo-server && kubectl --context hub -n argocd rollout status deployment/argocd-repo-server # then SIGNING_KEY of GitHub's environments"
    `)
    expect(await look(await makeKey('gone', '2026-05-30'))).toMatch(
      /^wrong signing key 7B1D5C0A94E2F836: validity: it expired on 2026-05-30/,
    )
  })

  test('whose own key stays, and whose part that signs does not', async () => {
    await makeKey('parts', 'never', 'cert')
    await gpg(
      '--passphrase',
      '',
      '--quick-add-key',
      await fingerprintOf('parts'),
      'ed25519',
      'sign',
      '2026-06-10',
    )
    expect(await look(await gpg('--armor', '--export', 'parts'))).toMatch(
      /^wrong soon .*: until 2026-06-10, in 8 days .*\n.* 1y '\*' && /,
    )
  })

  test('that may not sign', async () => {
    expect(await look(await makeKey('cert', 'never', 'cert'))).toMatch(
      /^wrong .*: it was revoked, or was never made to sign/,
    )
  })

  test('that is none', async () => {
    expect(await look('-----BEGIN PGP PUBLIC KEY BLOCK-----\n')).toMatch(/^cannot be seen .*: gpg says: /)
  })

  test('is looked at where the hub has it, and nowhere else', async () => {
    const key = await makeKey('there', 'never')
    const configMap = (data: object) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-gpg-keys-cm' },
      data,
    })
    const rows = (data: object) => lookAtKeys(wanted, () => ({ value: [configMap(data)] }))
    expect(showRows(await rows({ [id]: key }))).toMatch(/^ok/)
    expect(await rows({ [id]: 'hello' })).toEqual([])
    expect(await rows({})).toEqual([])
  })
})
