import { execa } from 'execa'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Layout } from './layout.ts'

/**
 * The key that this platform signs its commits with, so that Argo CD's own check runs here as it does in production: the
 * one made before, or a new one without a password in a folder of the user alone. Its public half lies where Argo CD
 * looks for keys, in a file of the key's id. Nothing where GnuPG is not installed.
 */
export async function ensureSigningKey({ signing, publicKeys }: Layout): Promise<string | undefined> {
  const kept = (await readdir(publicKeys).catch(() => [])).find((name) => /^[0-9A-F]{16}$/.test(name))
  if (kept !== undefined) return kept
  if (!(await isInstalled())) return undefined
  await rm(signing, { recursive: true, force: true })
  await mkdir(signing, { recursive: true, mode: 0o700 })
  const gpg = async (...args: string[]) =>
    (await execa('gpg', ['--batch', '--homedir', signing, ...args], { stripFinalNewline: true })).stdout
  try {
    await gpg(
      '--passphrase',
      '',
      '--quick-generate-key',
      'opencore <opencore@localhost>',
      'ed25519',
      'sign',
      'never',
    )
    const listed = await gpg('--with-colons', '--list-keys')
    const id = /^pub:(?:[^:]*:){3}([0-9A-F]{16}):/m.exec(listed)?.[1] ?? ''
    // Argo CD takes every file with such a name for a key: it appears whole.
    await rm(`${publicKeys}.new`, { recursive: true, force: true })
    await mkdir(`${publicKeys}.new`)
    await gpg('--yes', '--armor', '--output', join(`${publicKeys}.new`, id), '--export', id)
    await rename(`${publicKeys}.new`, publicKeys)
    return id
  } finally {
    await stopAgent(signing)
  }
}

/** GnuPG starts an agent for every home that signs, which stays: end it. */
export async function stopAgent(home: string): Promise<void> {
  await execa('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'], { reject: false })
}

async function isInstalled(): Promise<boolean> {
  return (await execa('gpg', ['--version'], { reject: false })).exitCode === 0
}
