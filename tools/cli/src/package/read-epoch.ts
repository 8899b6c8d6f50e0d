import { execaGit } from '@opencore/delivery'

/**
 * The date of everything that is built: SOURCE_DATE_EPOCH, else the time of the last commit, in seconds since 1970
 * (https://reproducible-builds.org/docs/source-date-epoch).
 */
export async function readEpoch(root: string): Promise<number> {
  const given = process.env['SOURCE_DATE_EPOCH']
  if (given !== undefined && /^\d+$/.test(given)) return Number(given)
  const { stdout } = await execaGit('git', ['log', '-1', '--format=%ct'], { cwd: root })
  return Number(stdout)
}
