import { readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { packNames } from './open-packs.ts'
import { packFiles } from './start-pack.ts'

const KEPT_BYTES = 256 << 20
/** Every command opens all of them. */
const KEPT_PACKS = 64
/** A pack without an index this old belongs to a run that was killed. */
const ABANDONED_MILLISECONDS = 60 * 60_000

/** Keep the packs that were used last, up to 64 of them and 256 MiB; remove the others, and what killed runs left. */
export function prunePacks(folder: string): void {
  const packs = packNames(folder)
    .map((name) => packFiles(folder, name))
    .map((files) => ({ ...files, used: stat(files.index)?.mtimeMs ?? 0, bytes: stat(files.data)?.size ?? 0 }))
    .sort((a, b) => b.used - a.used)
  let bytes = 0
  for (const [place, pack] of packs.entries()) {
    bytes += pack.bytes
    if (place < KEPT_PACKS && bytes <= KEPT_BYTES) continue
    rmSync(pack.index, { force: true })
    rmSync(pack.data, { force: true })
  }
  for (const file of readdirSync(folder)) removeAbandoned(folder, file)
}

function removeAbandoned(folder: string, file: string): void {
  const whole = path.join(folder, file)
  const age = Date.now() - (stat(whole)?.mtimeMs ?? Date.now())
  const indexed = file.endsWith('.pack') && stat(packFiles(folder, path.basename(file, '.pack')).index)
  const ours = file.endsWith('.index.json') || indexed
  if (!ours && age > ABANDONED_MILLISECONDS) rmSync(whole, { force: true })
}

const stat = (file: string) => statSync(file, { throwIfNoEntry: false })
