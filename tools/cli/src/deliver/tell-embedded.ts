import { isSupervised } from '@opencore/cluster'

/**
 * What whoever promotes has to know where an embedded platform runs in the checkout: it does not follow what was promoted.
 * Nothing where none runs.
 * @param folder of the platform
 */
export async function tellEmbedded(folder: string): Promise<string | undefined> {
  if (!(await isSupervised(folder))) return undefined
  return 'the platform that runs here follows refs of its own: opencore up brings it what this checkout has'
}
