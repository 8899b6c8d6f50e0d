import { runGit, type Repository } from './git.ts'
import { listChangeSets, type ChangeSet } from './list-change-sets.ts'

/** A file of a ref that somebody pushed by hand, over what a command had written or beside it. */
export interface HandChange {
  path: string
  /** The last commit that changed it. */
  commit: string
  isGone: boolean
}

/**
 * Files whose last change on a ref no command made, and that are otherwise than the last command left them. What commands
 * commit says where it came from: `Source`, or `As-Of`. Merging what a command committed changes nothing of that, whatever
 * the merge says: files that are as a merged commit wrote them are not by hand. Nor is what a command said that it wrote,
 * though it was as it should be already. All of the history is looked at: what was pushed by hand stays so for as long as nobody
 * promotes it.
 */
export async function findByHand(repository: Repository, head: string): Promise<HandChange[]> {
  const line = await listChangeSets(repository, ['--first-parent', head])
  if (line.every(({ isOurs }) => isOurs)) return []
  const treeOf = readTrees(repository)
  const brought = await listBrought(repository, line)
  const found = new Map<string, HandChange>()
  const bases = new Map<string, string>()
  for (const { commit, isOurs, said, touched } of line) {
    const merged = brought.get(commit) ?? []
    for (const path of new Set([
      ...said,
      ...touched.map(pathOf),
      ...merged.flatMap(({ written }) => [...written]),
    ])) {
      if (bases.has(path)) continue
      if (isOurs || (await isAsOne(treeOf, commit, path, merged))) bases.set(path, commit)
    }
    for (const { path, isGone } of touched)
      if (!bases.has(path) && !found.has(path)) found.set(path, { path, commit, isGone })
  }
  const now = await treeOf(head)
  const changes: HandChange[] = []
  for (const [path, change] of found) {
    const base = bases.get(path)
    const before = base === undefined ? undefined : (await treeOf(base)).get(path)
    if (before !== now.get(path)) changes.push(change)
  }
  return changes
}

const pathOf = ({ path }: { path: string }) => path

/** What a command committed, and a merge by hand brought. */
interface Merged {
  commit: string
  written: ReadonlySet<string>
}

/** Whether a file is in a merge as one of the merged commits wrote it. */
async function isAsOne(treeOf: Trees, merge: string, path: string, merged: readonly Merged[]) {
  for (const { commit, written } of merged)
    if (written.has(path) && (await treeOf(commit)).get(path) === (await treeOf(merge)).get(path)) return true
  return false
}

/** What commands committed that each merge by hand brought: a host's button says nothing of where it came from. */
async function listBrought(repository: Repository, line: readonly ChangeSet[]) {
  const merges = line.filter(({ isOurs, parents }) => !isOurs && parents.length > 1)
  const tips = merges.flatMap(({ parents }) => parents.slice(1))
  const brought = new Map<string, Merged[]>()
  if (tips.length === 0) return brought
  const known = new Map((await listChangeSets(repository, tips)).map((one) => [one.commit, one]))
  const seen = new Set(line.map(({ commit }) => commit))
  // What was merged once is not brought again.
  for (const { commit, parents } of [...merges].reverse()) {
    const open = parents.slice(1)
    const ours: Merged[] = []
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const one = known.get(next)
      if (one === undefined || seen.has(next)) continue
      seen.add(next)
      open.push(...one.parents)
      const written = new Set([...one.said, ...one.touched.map(pathOf)])
      if (one.isOurs) ours.push({ commit: next, written })
    }
    brought.set(commit, ours)
  }
  return brought
}

type Trees = (commit: string) => Promise<ReadonlyMap<string, string>>

/** What lies at each path of a commit, each commit read once. */
function readTrees(repository: Repository): Trees {
  const trees = new Map<string, Promise<ReadonlyMap<string, string>>>()
  const read = async (commit: string) => {
    const listed = await runGit(repository, ['ls-tree', '-r', '-z', '--full-tree', commit])
    return new Map(
      listed.split('\0').flatMap((line): [string, string][] => {
        const [what = '', ...path] = line.split('\t')
        return path.length === 0 ? [] : [[path.join('\t'), what]]
      }),
    )
  }
  return (commit) => {
    const tree = trees.get(commit) ?? read(commit)
    trees.set(commit, tree)
    return tree
  }
}
