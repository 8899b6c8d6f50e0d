import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { AnswerKind, DigestedRequest } from './render-request.ts'
import { openPacks } from './open-packs.ts'
import { prunePacks } from './prune-packs.ts'
import { startPack } from './start-pack.ts'

/** The renderer's answers on disk, by content: of the renderer, the chart's files, and everything asked. */
export interface RenderCache {
  /** The kept answer, if there is one: what was asked for, or more. */
  read: (request: DigestedRequest) => string | undefined
  has: (request: DigestedRequest) => boolean
  /** Keep an answer; it can be read after `close`, by the next run. */
  write: (request: DigestedRequest, answer: string) => void
  close: () => void
}

/** Answers of which kind say everything that is asked for. */
const answering: Record<AnswerKind, readonly AnswerKind[]> = {
  manifests: ['manifests', 'objects', 'linted'],
  objects: ['objects', 'linted'],
  linted: ['linted'],
  lint: ['lint'],
}

/**
 * Open the cache in a folder. `engine` names the renderer's version: another engine, other answers.
 * A run's answers go into one file, since a file each takes longer than rendering leaves time for.
 */
export function openRenderCache(folder: string, engine: string): RenderCache {
  mkdirSync(folder, { recursive: true })
  const packs = openPacks(folder)
  const pack = startPack(folder)
  const keys = new Map<DigestedRequest, string>()
  const find = (request: DigestedRequest) => {
    const known = keys.get(request)
    if (known !== undefined) return known
    const hashes = answering[request.answer].map((answer) => hashRequest(engine, { ...request, answer }))
    const [own = ''] = hashes
    const key = hashes.find((hash) => packs.has(hash)) ?? own
    keys.set(request, key)
    return key
  }
  return {
    has: (request) => packs.has(find(request)),
    read: (request) => packs.read(find(request)),
    write: (request, answer) => {
      pack.add(find(request), answer)
    },
    close: () => {
      packs.close()
      if (pack.finish()) prunePacks(folder)
    },
  }
}

function hashRequest(engine: string, request: DigestedRequest): string {
  const { digest, answer, release, namespace, kubeVersion, values } = request
  const hash = createHash('sha256')
  for (const part of [engine, digest, answer, release, namespace, kubeVersion, values])
    hash.update(part).update('\0')
  return hash.digest('base64url').slice(0, 22)
}
