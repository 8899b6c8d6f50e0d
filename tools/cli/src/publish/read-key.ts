import type { Finding } from '@opencore/contract'
import { readFile } from 'node:fs/promises'
import { isMissing } from '../files/read-if-present.ts'
import { Refusal } from '../output/refusal.ts'

/** What to sign with. Neither part is ever printed. */
export interface SigningKey {
  /** A secret key as gpg exports it, armoured or not. */
  key: Buffer
  passphrase: string
}

/** Where the key may stand when no file is named, and what opens it. */
export const KEY_VARIABLE = 'OPENCORE_CHARTS_KEY'
export const PASSPHRASE_VARIABLE = 'OPENCORE_CHARTS_PASSPHRASE'

/** The key in a file, else in the environment. Refuses with KEY_MISSING. */
export async function readKey(file: string | undefined, env: NodeJS.ProcessEnv): Promise<SigningKey> {
  const passphrase = env[PASSPHRASE_VARIABLE] ?? ''
  if (file === undefined) {
    const text = env[KEY_VARIABLE] ?? ''
    if (text.trim() === '') throw new Refusal([missing('opencore publish', 'no key to sign with was given')])
    return { key: Buffer.from(text), passphrase }
  }
  try {
    return { key: await readFile(file), passphrase }
  } catch (error) {
    if (isMissing(error)) throw new Refusal([missing(file, 'there is no such file')])
    throw error
  }
}

/** The file after `--keyring`. Refuses with KEYRING_UNREADABLE where it is not there; what it holds, the publisher judges. */
export async function readKeyring(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    if (isMissing(error)) throw new Refusal([keyringUnreadable(file, 'there is no such file')])
    throw error
  }
}

export const keyringUnreadable = (file: string, found: string): Finding => ({
  code: 'KEYRING_UNREADABLE',
  severity: 'error',
  at: { file },
  found,
  wanted: 'public keys as gpg exports them',
  next: 'gpg --export NAME > charts.pub, then: opencore publish ... --keyring charts.pub',
})

const missing = (file: string, found: string): Finding => ({
  code: 'KEY_MISSING',
  severity: 'error',
  at: { file },
  found,
  wanted: `a secret key as gpg exports it, in the file after --key or in ${KEY_VARIABLE}`,
  next: 'gpg --export-secret-keys --armor NAME > charts.key, then: opencore publish ... --key charts.key',
})
