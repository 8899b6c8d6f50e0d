import type { Finding } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, valuesPath } from '@opencore/plan'

interface Staying {
  environment: PlatformEnvironment
  /** Releases that stay as they are. */
  names: readonly string[]
}

/**
 * What is wrong already, with releases that stay as they are, holds nothing else up: going back in an incident least of all.
 * It is warned of, with what mends it.
 * @param findBefore what is wrong with the environment as it is; asked where that decides
 */
export async function spareStaying(
  { environment, names }: Staying,
  findings: readonly Finding[],
  findBefore: () => Promise<readonly Finding[]>,
): Promise<Finding[]> {
  const name = environment.definition.name
  const owners = new Map(
    names.flatMap((release) => [
      [valuesPath(name, release), release],
      [`${environmentRef(name)}:${release}`, release],
    ]),
  )
  const isSpared = ({ severity, at }: Finding) => severity === 'error' && owners.has(at.file)
  if (!findings.some(isSpared)) return [...findings]
  const known = new Set((await findBefore()).map(keyOf))
  return findings.map((finding) =>
    isSpared(finding) && known.has(keyOf(finding))
      ? {
          ...finding,
          severity: 'warning',
          next: mend(environment, owners.get(finding.at.file) ?? '', finding),
        }
      : finding,
  )
}

const keyOf = ({ code, at, found }: Finding) => JSON.stringify([code, at.file, found])

/**
 * What the sources do not have any more goes with a promotion of everything. Whoever goes back may have an old commit
 * checked out, from which nothing is promoted over a newer one (SOURCE_OLDER).
 */
function mend(
  { definition: { name }, releases }: PlatformEnvironment,
  release: string,
  { code, next }: Finding,
) {
  const isKnown = releases.some((one) => one.name === release)
  const command = isKnown ? `opencore promote ${name} ${release}` : `opencore promote ${name}`
  return `it is so already, and holds nothing up; to mend it, from main as it is now: ${code === 'PARTNER_MISSING' ? next : command}`
}
