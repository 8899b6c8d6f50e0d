import { FindingsError, type Finding } from '@opencore/contract/findings'
import type { Platform } from '@opencore/model'
import { renderFailed, type DiskRelease } from '@opencore/renderer'
import { loadPlatform } from '../workspace/load-platform.ts'
import { explainRefusal } from './explain-refusal.ts'

/** A release on disk that does not render, and Helm's message. */
export interface Refused {
  release: DiskRelease
  error: string
}

/**
 * Why releases on disk do not render, where the values were set: at the layer, or in the generated file where
 * `environments/` cannot be read or has no such release.
 */
export async function explainRefused(root: string, refused: readonly Refused[]): Promise<Finding[]> {
  const platform = await readPlatform(root)
  return refused.flatMap(({ release: { environment, release, valuesFile }, error }) => {
    const home = platform?.environments.find(({ definition }) => definition.name === environment)
    const known = home?.releases.find(({ name }) => name === release)
    if (platform === undefined || known === undefined) return [renderFailed(valuesFile, error)]
    return explainRefusal(known, error, platform.locate)
  })
}

/** What is wrong with `environments/` is for `generate` to say. */
async function readPlatform(root: string): Promise<Platform | undefined> {
  try {
    return await loadPlatform(root)
  } catch (error) {
    if (error instanceof FindingsError) return undefined
    throw error
  }
}
