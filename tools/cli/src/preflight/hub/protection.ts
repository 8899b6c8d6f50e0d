import { shellWord } from '../../output/shell-word.ts'
import { githubOf, type Protection } from '../read-protection.ts'
import { judge, missing, ok, wrong, type Row, type Seen, type Subject } from '../row.ts'

/** What the rules of a ref have to hold, by the document's ruleset; GitHub's names of them. */
const WANTED = ['deletion', 'non_fast_forward'] as const

/** Whoever may push to a ref decides what runs: nobody may but the app of the workflows, and others only propose. */
export function describeProtection(git: string, ref: string, seen: Seen<Protection>): Row[] {
  const github = githubOf(git)
  const look = `gh api ${shellWord(`repos/${github?.repository ?? ''}/rules/branches/${encodeURIComponent(ref)}`)}`
  const next =
    github === undefined ? `# ask whoever runs ${git}` : `${look} # docs/first-cluster.md, 5, makes them`
  const subject = {
    what: `ref ${ref}: protection`,
    wanted: 'no deletion, no force push, and changes by approved pull requests alone',
    next,
  }
  const row = judge(subject, seen, (protection) => judgeRules(subject, protection))
  if ('hidden' in seen || seen.value.rules.length === 0) return [row]
  const above = {
    ...subject,
    what: `ref ${ref}: who is above it`,
    wanted: 'apps alone, which workflows act as',
  }
  return [row, judge(above, seen.value.bypass, (actors) => judgeBypass(above, actors))]
}

function judgeRules(subject: Subject, { rules }: Protection): Row {
  if (rules.length === 0) return missing(subject, 'no ruleset holds for it')
  const types = new Set(rules.map(({ type }) => type))
  const lacks = [...WANTED.filter((type) => !types.has(type)), ...lacksOfReview({ rules })]
  return lacks.length === 0
    ? ok(subject, [...types].sort().join(', '))
    : wrong(subject, `without ${lacks.join(', ')}`)
}

/** Either nobody pushes at all, or by a pull request that another person approved as it is. Several rules add up. */
function lacksOfReview({ rules }: Pick<Protection, 'rules'>): string[] {
  if (rules.some(({ type }) => type === 'update')) return []
  const reviews = rules.filter(({ type }) => type === 'pull_request').map(({ parameters }) => parameters)
  if (reviews.length === 0) return ['pull_request']
  const isSet = (key: string) => reviews.some((parameters) => parameters[key] === true)
  const isApproved = reviews.some((parameters) => Number(parameters['required_approving_review_count']) > 0)
  return [
    ...(isApproved ? [] : ['an approval']),
    ...['dismiss_stale_reviews_on_push', 'require_last_push_approval'].filter((key) => !isSet(key)),
  ]
}

function judgeBypass(subject: Subject, actors: readonly string[]): Row {
  const people = actors.filter((actor) => !actor.startsWith('Integration '))
  if (people.length > 0) return wrong(subject, people.join(', '))
  return actors.length === 0
    ? wrong(subject, 'nobody, so that no workflow can land what was approved')
    : ok(subject, actors.join(', '))
}
