import type { UrlSource } from '@opencore/contract'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { env } from 'node:process'
import { cacheFolder } from '../cache-folder.ts'
import { FindingsError } from '@opencore/contract'
import { writeFileAtomically } from '../write-file-atomically.ts'
import { Unreachable } from './unreachable.ts'

const TIMEOUT_MILLISECONDS = 15_000

/**
 * The text of a file that is pinned by sha256: from the folder that `OPENCORE_CRD_MIRROR` names, else from the cache
 * folder, else by its URL. Throws Unreachable when none has it, a FindingsError (API_SOURCE_CHANGED) when one
 * has something else.
 */
export async function fetchPinned(source: UrlSource): Promise<string> {
  const mirror = env['OPENCORE_CRD_MIRROR']
  const mirrored = mirror === undefined ? undefined : path.join(mirror, source.mirror)
  if (mirrored !== undefined && existsSync(mirrored)) return verify(source, readFileSync(mirrored), mirrored)
  const kept = path.join(cacheFolder(), 'apis', 'files', source.sha256)
  if (existsSync(kept)) return verify(source, readFileSync(kept), kept)
  const text = verify(source, await download(source.url), source.url)
  writeFileAtomically(kept, text)
  return text
}

async function download(url: string): Promise<Buffer> {
  let response: Response
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
  } catch (error) {
    const { message, cause } = error as Error
    throw new Unreachable(cause instanceof Error ? `${message}: ${cause.message}` : message)
  }
  if (!response.ok) throw new Unreachable(`${url} answers ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

function verify({ name, sha256 }: UrlSource, content: Buffer, from: string): string {
  const found = createHash('sha256').update(content).digest('hex')
  if (found === sha256) return content.toString('utf8')
  throw new FindingsError([
    {
      code: 'API_SOURCE_CHANGED',
      severity: 'error',
      at: { file: 'tools/contract/apis.yaml' },
      found: `${name}: ${from} has sha256 ${found}`,
      wanted: `sha256 ${sha256}`,
      next: 'if the new content was reviewed, write its sha256 into apis.yaml; if not, find out who changed it',
    },
  ])
}
