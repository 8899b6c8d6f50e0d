import type { Protection } from '../read-protection.ts'
import { judge, missing, ok, type Row, type Seen } from '../row.ts'
import { describeProtection } from './protection.ts'

/** A ref that Argo CD will read, and what brings it. */
export interface WantedRef {
  ref: string
  /** The environment that is promoted to. */
  environment: string
}

/** Refs that Argo CD reads: there, and what protects them as far as that can be seen. */
export function describeRefs(
  git: string,
  wanted: readonly WantedRef[],
  seen: Seen<ReadonlyMap<string, string>>,
  protections: ReadonlyMap<string, Seen<Protection>>,
): Row[] {
  return wanted.flatMap(({ ref, environment }) => {
    const subject = {
      what: `ref ${ref}`,
      wanted: `a promotion on it, in ${git}`,
      next: `opencore promote ${environment}`,
    }
    const row = judge(subject, seen, (heads) => {
      const commit = heads.get(`refs/heads/${ref}`)
      return commit === undefined ? missing(subject) : ok(subject, commit.slice(0, 12))
    })
    const protection = protections.get(ref) ?? { hidden: 'nobody asked' }
    return [row, ...describeProtection(git, ref, protection)]
  })
}
