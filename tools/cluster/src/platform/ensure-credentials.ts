import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Credentials } from '../credentials.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { Layout } from './layout.ts'

/** The credentials of a platform's chart repository: those made before, or new ones in a private file (0600). */
export async function ensureCredentials({ credentials: file }: Layout): Promise<Credentials> {
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined) return JSON.parse(kept) as Credentials
  const credentials = { username: 'argocd', password: randomBytes(24).toString('base64url') }
  await writeFileAtomically(file, JSON.stringify(credentials), 0o600)
  return credentials
}
