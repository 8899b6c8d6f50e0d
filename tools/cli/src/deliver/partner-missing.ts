import type { Finding } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { sayPlainly } from '../output/say-plainly.ts'

type Sources = Pick<PlatformEnvironment, 'definition' | 'releases'>

/**
 * A release calls what is not there. What the sources have is promoted as well; a host, another region or a release that they do
 * not know has no name that `promote` takes: then the caller itself is older than they are, and comes as they have it, or goes.
 */
export function partnerMissing(
  { definition: { name }, releases }: Sources,
  from: string,
  to: string,
): Finding {
  const isKnown = (end: string) => releases.some((release) => release.name === end)
  const names = isKnown(from) ? [from, to].filter(isKnown) : []
  return {
    code: 'PARTNER_MISSING',
    severity: 'error',
    at: { file: `env/${name}:${sayPlainly(from)}` },
    // Both are from values on the ref, where whoever may push writes what they like.
    found: `${sayPlainly(from)} calls ${sayPlainly(to)}, which ${isKnown(to) ? 'is not on the ref yet' : 'the sources do not know'}`,
    wanted: isKnown(to)
      ? 'what a release calls there before it, or with it'
      : 'calls that the sources have, too',
    next: ['opencore promote', name, ...names].join(' '),
  }
}
