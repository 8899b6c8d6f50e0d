import type { Finding } from '@opencore/contract'
import type { DeliveredEnvironment, DeliveredRelease } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, valuesPath } from '@opencore/plan'
import { parse as parseYaml } from 'yaml'
import { listEnds } from './mix-flows.ts'

interface Going {
  environment: PlatformEnvironment
  /** The commit to go back to, and what was there. */
  target: string
  then: DeliveredEnvironment
  now: DeliveredEnvironment
  /** Releases that go back. */
  back: readonly DeliveredRelease[]
}

/** What is said of an end that was there once: a door for it, or a call that nobody takes. */
const CODES: ReadonlySet<string> = new Set([
  'NETWORK_POLICY_PEER_UNKNOWN',
  'MESH_CALL_UNDECLARED',
  'PARTNER_MISSING',
])

/**
 * Findings about what goes back and lets in, or calls, a release that is gone since. Correcting a policy, or promoting it as
 * well, helps nobody who wants back what ran: what does is said, and which release it is about.
 */
export function explainLostEnds(going: Going, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    const one = going.back.find((release) => isAt(going.environment, release.name, finding))
    if (finding.severity !== 'error' || !CODES.has(finding.code) || one === undefined) return finding
    const lost = listLost(going, one)
    return lost.length === 0 ? finding : { ...finding, next: nextStep(going, one.name, lost) }
  })
}

function isAt({ definition: { name } }: PlatformEnvironment, release: string, { at }: Finding): boolean {
  return at.file === valuesPath(name, release) || at.file === `${environmentRef(name)}:${release}`
}

/** Ends of a release's flows that were releases then, and are none now. */
function listLost({ then, now, back }: Going, { name, values }: DeliveredRelease): string[] {
  const there = new Set([...now.releases, ...back].map((release) => release.name))
  const old = new Set(then.releases.map((release) => release.name))
  const ends = listEnds(parseYaml(values)).filter((end) => end !== name && old.has(end) && !there.has(end))
  return [...new Set(ends)].sort()
}

function nextStep(
  { environment, target, then, now }: Going,
  release: string,
  lost: readonly string[],
): string {
  const { name } = environment.definition
  const names = lost.join(' and ')
  const known = new Set(environment.releases.map((one) => one.name))
  const isGone = lost.some((one) => !known.has(one))
  const old = new Set(then.releases.map((one) => one.name))
  const isWhole = now.releases.every((one) => old.has(one.name))
  const steps = [
    ...(isGone ? [] : [`opencore promote ${name} ${lost.join(' ')}, then this again`]),
    ...(isWhole
      ? [`all of it as it was then, with ${names}: opencore rollback ${name} --to ${target.slice(0, 12)}`]
      : []),
    `a change set of ${release} without ${names}: opencore history ${name} ${release}, then --to`,
  ]
  return `${release} of then goes with ${names}, which ${lost.length === 1 ? 'is' : 'are'} not there any more: ${steps.join('; or ')}`
}
