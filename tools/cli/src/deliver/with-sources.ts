import type { Finding } from '@opencore/contract'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { withSourcesOf } from '../workspace/with-sources-of.ts'
import { chooseCommits, type FromMeans } from './choose-commits.ts'
import type { Promotion } from './promotion.ts'
import { narrowParts, type SourcePart } from './render-parts.ts'

/**
 * The sources of each release of a promotion: the checkout, or, with `--from`, what the named environment runs. That is the
 * checkout where it renders the release there as it is on the ref, and else the commit that the record names. Trees of other
 * commits are on disk for as long as `work` takes.
 */
export async function withSources<T>(
  promotion: Promotion,
  means: FromMeans,
  work: (parts: readonly SourcePart[]) => Promise<T>,
): Promise<T> {
  const { root, releases, from } = promotion
  const { source } = means
  if (from === undefined) return work([{ root, commit: source, ...(releases && { releases }) }])
  const commits = await chooseCommits(promotion, from, means)
  return withSourcesOf(root, async (extract) => {
    const parts: SourcePart[] = []
    for (const [commit, names] of commits)
      parts.push({ root: commit === source ? root : await extract(commit), commit, releases: names })
    return work(keepKnown(promotion, from, parts, means.report))
  })
}

/** Without what the sources do not have for the target; refuses such releases where they were named. */
function keepKnown(
  { environment, releases }: Promotion,
  from: string,
  parts: readonly SourcePart[],
  report: Report,
): SourcePart[] {
  const target = environment.definition.name
  const wanted = parts.flatMap((part) => part.releases ?? [])
  const known = narrowParts(target, parts, wanted)
  const lacking = parts.flatMap(({ commit, releases: names = [] }, index) =>
    names
      .filter((name) => !known[index]?.releases?.includes(name))
      .map((name) => ({ name, commit: commit.slice(0, 12) })),
  )
  if (releases && lacking.length > 0)
    throw new Refusal(
      lacking.map(({ name, commit }) => absent(from, target, name, commit)),
      exitCode.findings,
    )
  for (const { name, commit } of lacking)
    report(
      `${target}: ${name} is left out: commit ${commit}, which ${from} has it of, has none for ${target}`,
    )
  return known
}

const absent = (from: string, target: string, release: string, commit: string): Finding => ({
  code: 'FROM_LACKS',
  severity: 'error',
  at: { file: `env/${from}:${release}` },
  found: `commit ${commit}, which ${from} has ${release} of, has none for ${target}`,
  wanted: 'sources that have the release for both',
  next: `opencore promote ${target} ${release}: as this checkout has it`,
})
