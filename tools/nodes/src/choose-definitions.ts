import type { Definition, KubernetesObject } from '@opencore/cluster'
import { loadApiCatalogue } from '@opencore/toolchain/apis'

/**
 * The definitions of what is rendered, as a cluster has them before.
 * @param isBrought whether something that is installed later brings those of a group itself
 */
export async function chooseDefinitions(
  objects: readonly KubernetesObject[],
  isBrought: (group: string) => boolean,
  report: (line: string) => void,
): Promise<Definition[]> {
  const kinds = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0] ?? ''}/${kind}`))
  const { crds } = await loadApiCatalogue(report)
  return crds
    .map(({ manifest }) => manifest as unknown as Definition)
    .filter(({ spec: { group, names } }) => !isBrought(group) && kinds.has(`${group}/${names.kind}`))
}
