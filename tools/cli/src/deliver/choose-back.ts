import type { Finding } from '@opencore/contract'
import type { DeliveredEnvironment, DeliveredRelease } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import { findNamed } from '../releases/find-named.ts'

interface Going {
  environment: string
  /** The commit to go back to. */
  target: string
  /** Whether a person named it, and so has looked at it. */
  isNamed: boolean
}

/**
 * The releases that go back, as they were then: all of them, or one. Refuses with ROLLBACK_DELETES where one was not there
 * then, and with RELEASE_DRIFTS where somebody had changed it by hand and nobody named the commit: what nobody names is a
 * promotion's.
 */
export function chooseBack(
  { environment, target, isNamed }: Going,
  now: DeliveredEnvironment,
  then: DeliveredEnvironment,
  release?: string,
): DeliveredRelease[] {
  const known = [...new Set([...now.releases, ...then.releases].map(({ name }) => name))].sort()
  const names = findNamed(
    known,
    release === undefined ? undefined : [release],
    (name) => name,
    'release',
    '[release]',
  )
  const gone = names.filter((one) => !then.releases.some((old) => old.name === one))
  if (gone.length > 0)
    throw new Refusal(
      gone.map((one) => deletes(environmentRef(environment), one, target)),
      exitCode.findings,
    )
  const back = then.releases.filter(({ name }) => names.includes(name))
  const drifting = isNamed ? [] : back.filter(({ drift }) => drift !== undefined)
  if (drifting.length > 0)
    throw new Refusal(
      drifting.map(({ name, drift = '' }) => byHand(environment, name, { target, drift })),
      exitCode.findings,
    )
  return back
}

const deletes = (ref: string, release: string, target: string): Finding => ({
  code: 'ROLLBACK_DELETES',
  severity: 'error',
  at: { file: `${ref}:${release}` },
  found: `the release was not there yet at ${target.slice(0, 12)}`,
  wanted: 'a state that has every release of now: going back deletes nothing',
  next: 'roll back the others by name; take this one out of environments/, and promote',
})

const byHand = (
  environment: string,
  release: string,
  { target, drift }: { target: string; drift: string },
): Finding => ({
  code: 'RELEASE_DRIFTS',
  severity: 'error',
  at: { file: `env/${environment}:${release}` },
  found: `at ${target.slice(0, 12)}, to go back to, somebody had changed it by hand: ${drift}`,
  wanted: 'a state that was promoted',
  next: `opencore history ${environment} ${release}; then: opencore rollback ${environment} ${release} --to COMMIT`,
})
