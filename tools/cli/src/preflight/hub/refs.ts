import type { Protection } from '../read-protection.ts'
import { judge, missing, ok, type Row, type Seen } from '../row.ts'
import { describeProtection } from './protection.ts'

/** A ref that Argo CD will read, and what brings it. */
export interface WantedRef {
  ref: string
  /** The environment that is promoted to. */
  environment: string
  /** Folders that it has to have, each an Application's; of a hub's ref none are looked at. */
  releases: readonly string[]
}

/** What was seen of the refs of a repository. */
export interface SeenRefs {
  /** Commits by the whole name of their ref. */
  heads: Seen<ReadonlyMap<string, string>>
  /** The rest by the ref: folders of those that are there, and rules. */
  folders: ReadonlyMap<string, Seen<readonly string[]>>
  protections: ReadonlyMap<string, Seen<Protection>>
}

/** Refs that Argo CD reads: there, and what protects them as far as that can be seen. */
export function describeRefs(
  git: string,
  wanted: readonly WantedRef[],
  { heads, folders, protections }: SeenRefs,
): Row[] {
  return wanted.flatMap((one) => {
    const { ref, environment } = one
    const subject = {
      what: `ref ${ref}`,
      wanted: `a promotion on it, in ${git}`,
      next: `opencore promote ${environment}`,
    }
    const row = judge(subject, heads, (commits) => {
      const commit = commits.get(`refs/heads/${ref}`)
      return commit === undefined ? missing(subject) : ok(subject, commit.slice(0, 12))
    })
    const there = folders.get(ref)
    const protection = protections.get(ref) ?? { hidden: 'nobody asked' }
    return [
      row,
      ...(there === undefined ? [] : [describeReleases(one, there)]),
      ...describeProtection(git, ref, protection),
    ]
  })
}

/** An Application whose folder is not there would never be Healthy, whatever Argo CD says of it. */
function describeReleases({ ref, environment, releases }: WantedRef, there: Seen<readonly string[]>): Row {
  const subject = {
    what: `ref ${ref}: releases`,
    wanted: `all ${releases.length} that its hub lists`,
    next: `opencore promote ${environment}`,
  }
  return judge(subject, there, (folders) => {
    const lacking = releases.filter((release) => !folders.includes(release))
    if (lacking.length === 0) return ok(subject, `all ${releases.length}`)
    const next = `opencore promote ${environment} ${lacking.join(' ')}`
    return missing({ ...subject, next }, `without ${lacking.join(', ')}`)
  })
}
