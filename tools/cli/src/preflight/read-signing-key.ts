import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Seen } from './row.ts'

/** What a public key says of itself. */
export interface SigningKey {
  fingerprint: string
  /** The end of the last of its parts that may sign; none where one of them never ends. */
  expires?: Date
  /** Whether anything of it may sign at all: not after it was revoked. */
  signs: boolean
  hasSubkeys: boolean
}

/** Let GnuPG read a public key, in a home of its own, so that nothing of the user's is asked or changed. */
export async function readSigningKey(text: string): Promise<Seen<SigningKey>> {
  const home = await mkdtemp(join(tmpdir(), 'opencore-keys-'))
  try {
    const args = ['--batch', '--homedir', home, '--with-colons', '--show-keys']
    const { code, exitCode, stdout, stderr } = await execa('gpg', args, { input: text, reject: false })
    if (code === 'ENOENT') return { hidden: 'gpg is not installed' }
    const key = parseColons(stdout)
    if (key !== undefined) return { value: key }
    return { hidden: `gpg says: ${stderr.trim().split('\n').at(-1) ?? ''} (${exitCode ?? 'killed'})` }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** GnuPG's doc/DETAILS, "Description of the fields": 2 validity, 7 expiration, 10 user or fingerprint, 12 capabilities. */
function parseColons(text: string): SigningKey | undefined {
  const lines = text.split('\n').map((line) => line.split(':'))
  const fingerprint = lines.find(([type]) => type === 'fpr')?.[9]
  const primary = lines.find(([type]) => type === 'pub')
  if (fingerprint === undefined || primary === undefined) return undefined
  const subkeys = lines.filter(([type]) => type === 'sub')
  const parts = [primary, ...subkeys].filter((part) => part[11]?.includes('s') && part[1] !== 'r')
  const signs = primary[1] !== 'r' && parts.length > 0
  const ends = parts.map((part) => Math.min(endOf(part), endOf(primary)))
  const last = Math.max(...ends)
  return {
    fingerprint,
    signs,
    hasSubkeys: subkeys.length > 0,
    ...(signs && Number.isFinite(last) && { expires: new Date(last * 1000) }),
  }
}

/** In seconds; an empty field is no end. */
const endOf = (part: readonly string[]) => (part[6] ? Number(part[6]) : Infinity)
