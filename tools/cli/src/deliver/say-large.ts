import { runGit, type Repository } from '@opencore/delivery'

/** How much differs between two commits. */
export interface DiffSize {
  files: number
  lines: number
}

/** https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits#diff-limits */
const SHOWN: DiffSize = { files: 300, lines: 20_000 }

export async function measureDiff(repository: Repository, before: string, after: string): Promise<DiffSize> {
  const said = await runGit(repository, [
    'diff',
    '--shortstat',
    '--no-renames',
    '--no-ext-diff',
    before,
    after,
  ])
  const read = (pattern: RegExp) => Number(pattern.exec(said)?.[1] ?? 0)
  return { files: read(/(\d+) file/), lines: read(/(\d+) insertion/) + read(/(\d+) deletion/) }
}

/**
 * What to do about a diff of which GitHub shows a part: whoever approves it there approves what they did not see. Nothing of one
 * that is shown whole.
 * @param ref that it is proposed for, at a commit
 */
export function sayLarge({ files, lines }: DiffSize, ref: string, commit: string): string | undefined {
  if (files <= SHOWN.files && lines <= SHOWN.lines) return undefined
  const name = ref.replace(/^env\//, '')
  const parts =
    ref === name ? '' : `; or promote it in parts: opencore promote ${name} RELEASE... --pull-request`
  return `GitHub does not show all of this: ${files} files and ${lines} lines differ, and it shows ${SHOWN.files} files and ${SHOWN.lines} lines. All of it: git fetch origin && opencore diff ${name} --to ${commit.slice(0, 12)}${parts}`
}
