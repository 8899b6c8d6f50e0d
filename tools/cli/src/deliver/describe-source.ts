import { execa } from 'execa'

/** Folders that decide what is rendered. */
const sources = ['charts', 'argocd', 'environments']

/** The commit of a checkout, as a record says it: with `-changed` where what is rendered differs from it. */
export async function describeSource(root: string): Promise<string> {
  const git = async (...args: string[]) => (await execa('git', args, { cwd: root })).stdout
  const commit = await git('rev-parse', 'HEAD')
  return (await git('status', '--porcelain', '--untracked-files=all', '--', ...sources)) === ''
    ? commit
    : `${commit}-changed`
}
