import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { cacheFolder } from '../cache-folder.ts'
import { writeFileAtomically } from '../write-file-atomically.ts'

/** Where every path of an Artifact is. */
export const REPOSITORY = 'https://repo1.maven.org/maven2'
const TIMEOUT_MILLISECONDS = 300_000

/** A file of Maven Central, and what it must be. */
export interface Artifact {
  sha256: string
  /** Path in a Maven repository. */
  path: string
}

/** Nothing was downloaded, since nobody answers. */
export class UnreachableError extends Error {}

/**
 * Paths of files in a folder of the cache, each checked against its digest. Downloads come one after the other, once.
 * Rejects with UnreachableError where there is no way to them.
 */
export async function fetchArtifacts(name: string, artifacts: readonly Artifact[]): Promise<string[]> {
  const folder = join(cacheFolder(), name)
  const files: string[] = []
  for (const { sha256, path } of artifacts) {
    const file = join(folder, basename(path))
    files.push(file)
    if (existsSync(file) && digest(readFileSync(file)) === sha256) continue
    const content = await download(`${REPOSITORY}/${path}`)
    if (digest(content) !== sha256)
      throw new Error(`${path} has sha256 ${digest(content)}; want ${sha256}, as it is pinned`)
    writeFileAtomically(file, content)
  }
  return files
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }).catch(
    (error: unknown) => new UnreachableError((error as Error).message),
  )
  if (response instanceof UnreachableError) throw response
  if (!response.ok) throw new UnreachableError(`${url} answers ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex')
