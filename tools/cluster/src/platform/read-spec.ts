import { readFile } from 'node:fs/promises'
import type { Layout } from './layout.ts'
import type { PlatformSpec } from './platform-spec.ts'

/** The specification that the platform was last started with, or nothing. */
export async function readSpec(layout: Layout): Promise<PlatformSpec | undefined> {
  const text = await readFile(layout.spec, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as PlatformSpec)
}
