import { writeFileAtomically } from '@opencore/toolchain'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import type { DigestedRequest } from './render-request.ts'

/** Files kept, some 25 kB each. */
export const KEPT_FILES = 4096

/** The renderer's answers on disk, by content: of the renderer, the chart's files, and everything asked. */
export interface RenderCache {
  has: (request: DigestedRequest) => boolean
  /** The answer that `has` saw; throws when somebody removed it since. */
  read: (request: DigestedRequest) => string
  write: (request: DigestedRequest, answer: string) => void
  /** Remove what was used longest ago, when there is more than is to be kept. */
  prune: () => void
}

/** Open the cache in a folder. `engine` names the renderer's version: another engine, other answers. */
export function openRenderCache(folder: string, engine: string): RenderCache {
  mkdirSync(folder, { recursive: true })
  const fileOf = ({ digest, objects, release, namespace, kubeVersion, values }: DigestedRequest) => {
    const hash = createHash('sha256')
    for (const part of [engine, digest, String(objects), release, namespace, kubeVersion, values])
      hash.update(part).update('\0')
    return path.join(folder, `${hash.digest('hex').slice(0, 32)}.json`)
  }
  return {
    has: (request) => existsSync(fileOf(request)),
    read: (request) => {
      const file = fileOf(request)
      const now = new Date()
      utimesSync(file, now, now)
      return readFileSync(file, 'utf8')
    },
    write: (request, answer) => {
      writeFileAtomically(fileOf(request), answer)
    },
    prune: () => {
      prune(folder)
    },
  }
}

function prune(folder: string): void {
  const names = readdirSync(folder)
  if (names.length <= KEPT_FILES) return
  const files = names.map((name) => path.join(folder, name))
  const used = new Map(files.map((file) => [file, statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]))
  const oldestFirst = files.sort((a, b) => (used.get(a) ?? 0) - (used.get(b) ?? 0))
  // Half of them, so that the next runs need not do this again.
  for (const file of oldestFirst.slice(0, files.length - KEPT_FILES / 2)) rmSync(file, { force: true })
}
