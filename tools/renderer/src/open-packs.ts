import { closeSync, openSync, readdirSync, readFileSync, readSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { packFiles, type PackIndex } from './start-pack.ts'

/** Every finished pack of a folder, as one map of texts. */
export interface Packs {
  has: (key: string) => boolean
  read: (key: string) => string | undefined
  close: () => void
}

interface Place {
  pack: Pack
  offset: number
  length: number
}

interface Pack {
  file: number
  indexFile: string
  used: boolean
}

/** Open the packs of a folder. They stay readable when another process removes them meanwhile. */
export function openPacks(folder: string): Packs {
  const packs: Pack[] = []
  const places = new Map<string, Place>()
  for (const name of packNames(folder)) {
    const opened = openPack(folder, name)
    if (!opened) continue
    packs.push(opened.pack)
    for (const [key, [offset, length]] of Object.entries(opened.index))
      places.set(key, { pack: opened.pack, offset, length })
  }
  return {
    has: (key) => places.has(key),
    read: (key) => {
      const place = places.get(key)
      if (!place) return undefined
      place.pack.used = true
      const buffer = Buffer.alloc(place.length)
      readSync(place.pack.file, buffer, 0, place.length, place.offset)
      return buffer.toString('utf8')
    },
    close: () => {
      for (const pack of packs) {
        closeSync(pack.file)
        if (pack.used) markUsed(pack.indexFile)
      }
    },
  }
}

/** The names of all packs that were finished. */
export function packNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.index.json'))
    .map((file) => path.basename(file, '.index.json'))
}

function openPack(folder: string, name: string): { pack: Pack; index: PackIndex } | undefined {
  const { data, index } = packFiles(folder, name)
  try {
    const places = JSON.parse(readFileSync(index, 'utf8')) as PackIndex
    return { pack: { file: openSync(data, 'r'), indexFile: index, used: false }, index: places }
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

/** The time of last use decides what is pruned. */
function markUsed(file: string): void {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}

/** True when another process pruned the file since its name was read. */
const isAbsent = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'
