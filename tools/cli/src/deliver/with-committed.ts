import { withSourcesOf } from '../workspace/with-sources-of.ts'
import { describeSource } from './describe-source.ts'

/**
 * Do something with `argocd/` and `charts/` as they are committed: the checkout, or, where somebody is at work there, what
 * its commit has, on disk for as long as that takes.
 */
export async function withCommitted<T>(root: string, use: (sources: string) => Promise<T>): Promise<T> {
  const [commit = '', changed] = (await describeSource(root)).split('-')
  if (changed === undefined) return use(root)
  return withSourcesOf(root, async (extract) => use(await extract(commit)))
}
