import { writeFileAtomically } from '@opencore/toolchain'
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

/** Texts of one run on their way into one file. */
export interface PackWriter {
  add: (key: string, text: string) => void
  /** Make what was added readable; false when nothing was. */
  finish: () => boolean
}

/** Where each text of a pack lies: offset and length in bytes, by key. */
export type PackIndex = Record<string, [offset: number, length: number]>

/** The names of a pack's two files. The index is written last: without it there is no pack. */
export const packFiles = (folder: string, name: string) => ({
  data: path.join(folder, `${name}.pack`),
  index: path.join(folder, `${name}.index.json`),
})

const FLUSH_BYTES = 1 << 20

/** Begin a pack in an existing folder; nothing is written before the first text comes. */
export function startPack(folder: string): PackWriter {
  const files = packFiles(folder, randomUUID())
  const index: PackIndex = {}
  let file: number | undefined
  let waiting: Buffer[] = []
  let bytes = 0
  let flushed = 0

  function flush(): void {
    file ??= openSync(files.data, 'wx')
    writeSync(file, Buffer.concat(waiting))
    waiting = []
    flushed = bytes
  }

  return {
    add: (key, text) => {
      const buffer = Buffer.from(text)
      index[key] = [bytes, buffer.length]
      waiting.push(buffer)
      bytes += buffer.length
      if (bytes - flushed > FLUSH_BYTES) flush()
    },
    finish: () => {
      if (bytes === 0) return false
      flush()
      if (file !== undefined) closeSync(file)
      writeFileAtomically(files.index, JSON.stringify(index))
      return true
    },
  }
}
