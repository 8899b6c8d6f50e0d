import type { UrlSource } from '@opencore/contract'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { env } from 'node:process'
import { cacheFolder } from '../cache-folder.ts'
import { FindingsError } from '@opencore/contract/findings'
import { writeFileAtomically } from '../write-file-atomically.ts'
import { Unreachable } from './unreachable.ts'

const TIMEOUT_MILLISECONDS = 15_000

/**
 * The texts of a source's files, each pinned by sha256: from the folder that `OPENCORE_CRD_MIRROR` names, else from
 * the cache folder, else by URL. Throws Unreachable when none has one of them, a FindingsError (API_SOURCE_CHANGED)
 * when one has something else.
 */
export async function fetchPinned(source: UrlSource): Promise<string[]> {
  const files = Object.entries(source.files)
  return Promise.all(files.map(([file, sha256]) => fetchFile(source, file, sha256)))
}

async function fetchFile(source: UrlSource, file: string, sha256: string): Promise<string> {
  const mirror = env['OPENCORE_CRD_MIRROR']
  const mirrored = mirror === undefined ? undefined : path.join(mirror, source.mirror, file)
  const pinned = { source: source.name, sha256 }
  if (mirrored !== undefined && existsSync(mirrored)) return verify(pinned, readFileSync(mirrored), mirrored)
  const kept = path.join(cacheFolder(), 'apis', 'files', sha256)
  if (existsSync(kept)) return verify(pinned, readFileSync(kept), kept)
  const url = `${source.url}/${file}`
  const text = verify(pinned, await download(url), url)
  writeFileAtomically(kept, text)
  return text
}

/** The digest that apis.yaml wants, and for which source. */
interface Pinned {
  source: string
  sha256: string
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

function verify({ source, sha256 }: Pinned, content: Buffer, from: string): string {
  const found = createHash('sha256').update(content).digest('hex')
  if (found === sha256) return content.toString('utf8')
  throw new FindingsError([
    {
      code: 'API_SOURCE_CHANGED',
      severity: 'error',
      at: { file: 'tools/contract/apis.yaml' },
      found: `${source}: ${from} has sha256 ${found}`,
      wanted: `sha256 ${sha256}`,
      next: 'if the new content was reviewed, write its sha256 into apis.yaml; if not, find out who changed it',
    },
  ])
}
