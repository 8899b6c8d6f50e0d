import { resolveRevision, runGit, type Repository } from './git.ts'

/**
 * The commit that a person names. By a short name git takes a tag before a branch, and before the commit whose first digits those
 * are, and whoever may push may push a tag: here a branch goes first, of origin before one's own, then a commit.
 */
export async function resolveNamed(repository: Repository, revision: string): Promise<string | undefined> {
  const [name = ''] = /^[^~^@:]*/.exec(revision) ?? []
  const steps = revision.slice(name.length)
  const found = (await findBranch(repository, name)) ?? (await findByDigits(repository, name))
  return resolveRevision(repository, `${found ?? name}${steps}^{commit}`)
}

/** The whole name of a branch, by the name that people give it: `main`, `origin/main`. */
export async function findBranch(repository: Repository, name: string): Promise<string | undefined> {
  if (name === '' || name === 'HEAD') return undefined
  const short = [`refs/remotes/${name}`, `refs/heads/${name}`, ...(isHalf.test(name) ? [`refs/${name}`] : [])]
  for (const ref of name.startsWith('refs/') ? [name] : short)
    if ((await resolveRevision(repository, `${ref}^{commit}`)) !== undefined) return ref
  return undefined
}

const isHalf = /^(heads|remotes)\//

async function findByDigits(repository: Repository, digits: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{4,64}$/.test(digits)) return undefined
  const objects = (await runGit(repository, ['rev-parse', `--disambiguate=${digits}`])).split('\n')
  const [only, ...more] = objects.filter(Boolean)
  return more.length === 0 ? only : undefined
}
