import { readFileSync } from 'node:fs'
import type { Artifact } from './maven-central.ts'

/** What a `jars.txt` pins: on each line a digest and a path in a Maven repository; lines with `#` are for people. */
export function readJars(file: string): Artifact[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [sha256 = '', path = ''] = line.split(/\s+/)
      return { sha256, path }
    })
}
