import { runGit, type Repository } from './git.ts'

/** What a signed commit says of the ref that it was made for: a signature says who made it, and not what for. */
export const refTrailer = (ref: string) => `Ref: ${ref}`

/**
 * What a commit was made for, where that is another ref than the one it lies on. One that does not say it by a trailer was made
 * before commits did: then its first line does, which names the environment.
 */
export async function findForeign(
  repository: Repository,
  ref: string,
  commit: string,
): Promise<string | undefined> {
  const format = '--format=%s%x00%(trailers:key=Ref,valueonly)'
  const text = await runGit(repository, ['log', '-1', '--no-show-signature', format, commit])
  const [title = '', said = ''] = text.split('\0')
  const refs = said.split('\n').filter(Boolean)
  return (refs.length > 0 ? refs : readTitle(ref, title)).find((one) => one !== ref)
}

/** As `promote`, `rollback` and what follows them on a hub began their messages before. */
function readTitle(ref: string, title: string): string[] {
  const environment = /^(?:promote|rollback) ([a-z0-9-]+)(?=[ :])/.exec(title)?.[1]
  if (environment !== undefined) return [`env/${environment}`]
  const isHub = title.startsWith('hub of ')
  return isHub && !ref.startsWith('hub/') ? [title.replace(/:.*/s, '').replace('hub of', 'the hub of')] : []
}
