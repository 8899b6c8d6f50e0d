import { shellWord } from '../../output/shell-word.ts'
import { hidden, judge, missing, ok, type Row, type Seen } from '../row.ts'

/** A ref that Argo CD will read, and what brings it. */
export interface WantedRef {
  ref: string
  /** The environment that is promoted to. */
  environment: string
}

/** Refs that Argo CD reads: there, and what of their protection can be seen from here, which is nothing. */
export function describeRefs(
  git: string,
  wanted: readonly WantedRef[],
  seen: Seen<ReadonlyMap<string, string>>,
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
    return [row, describeProtection(git, ref)]
  })
}

function describeProtection(git: string, ref: string): Row {
  const repository = /github\.com[:/]([^/]+\/[^/]+?)(\.git)?$/.exec(git)?.[1]
  return hidden(
    {
      what: `ref ${ref}: protection`,
      wanted: 'no deletion, no force push, and nobody who pushes but promotions',
      next:
        repository === undefined
          ? `# ask whoever runs ${git}`
          : `gh api ${shellWord(`repos/${repository}/rules/branches/${ref}`)} --jq '.[].type'`,
    },
    'git does not say; docs/first-cluster.md has the rules',
  )
}
