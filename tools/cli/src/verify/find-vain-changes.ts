import type { Finding } from '@opencore/contract'
import { findRelease, type Platform } from '@opencore/model'
import { toRequests } from '@opencore/renderer'
import { join } from 'node:path'
import { readIfPresent } from '../files/read-if-present.ts'
import { findVain } from '../generate/find-vain.ts'
import type { Base } from './base.ts'
import type { VerifiedEnvironment } from './environment-key.ts'
import { listNew } from './find-updates.ts'

/**
 * Values that do nothing (VALUE_IN_VAIN) in the releases whose values differ from the merge base: `generate` says so once, to
 * whoever runs it, and this to whoever reviews the change.
 */
export async function findVainChanges(
  root: string,
  { environment, releases, updates }: Pick<VerifiedEnvironment, 'environment' | 'releases' | 'updates'>,
  { base, platform }: { base: Base; platform: Pick<Platform, 'locate'> },
  report: (line: string) => void,
): Promise<Finding[]> {
  const after = [...updates.map((update) => update.after), ...listNew(base, releases)]
  const requests = toRequests(root, after)
  const changed = await Promise.all(
    after.map(async ({ release: name, valuesFile }, index) => {
      const request = requests[index]
      const before = (await readIfPresent(join(base.root, valuesFile))) ?? ''
      const release = findRelease(environment, name)
      return request && release ? [{ release, request, before }] : []
    }),
  )
  return findVain(changed.flat(), platform.locate, report)
}
