import type { Finding } from '@opencore/contract'
import { findRelease, type Platform } from '@opencore/model'
import { toRequests, type DiskRelease } from '@opencore/renderer'
import { join } from 'node:path'
import { readIfPresent } from '../files/read-if-present.ts'
import { findVain } from '../generate/find-vain.ts'
import type { Base } from './base.ts'
import type { VerifiedEnvironment } from './environment-key.ts'

/**
 * Values that do nothing (VALUE_IN_VAIN) in the releases whose values differ from the merge base: `generate` says so once, to
 * whoever runs it, and this to whoever reviews the change.
 */
export async function findVainChanges(
  root: string,
  { environment, releases }: Pick<VerifiedEnvironment, 'environment' | 'releases'>,
  { base, platform }: { base: Base; platform: Pick<Platform, 'locate'> },
  report: (line: string) => void,
): Promise<Finding[]> {
  const requests = toRequests(root, releases)
  const changed = await Promise.all(
    releases.map(async ({ release: name, valuesFile }: DiskRelease, index) => {
      const request = requests[index]
      const before = (await readIfPresent(join(base.root, valuesFile))) ?? ''
      if (!request || request.values === before) return []
      const release = findRelease(environment, name)
      return release ? [{ release, request, before }] : []
    }),
  )
  return findVain(changed.flat(), platform.locate, report)
}
