import { localiseDefinition, type ApiServer, type ObjectStore } from '@opencore/nodes'
import type { KubernetesObject } from '@opencore/cluster'
import { CLUSTER, RELEASES } from './releases.ts'
import { withRestored, type Restore } from './restored.ts'

/** Where the stage finds what is elsewhere in each cluster: its API server, and the store of objects. */
export interface Where {
  api: ApiServer
  archive: Pick<ObjectStore, 'host' | 'port'>
}

/** What releases of the stage render there; with a restore, the database that it makes, too. */
export type Render = (where: Where, restore?: Restore) => Promise<KubernetesObject[]>

/** What of this checkout is rendered for the stage: which releases, of an environment that is at that place, of which files. */
export function placeStage({ api, archive }: Where, restore: Restore | undefined) {
  const databases = [CLUSTER, ...(restore === undefined ? [] : [restore.name])]
  const { environment } = RELEASES
  return {
    names: [...RELEASES.names, ...databases],
    localise: (definition: Parameters<typeof localiseDefinition>[0]) =>
      localiseDefinition(definition, api, databases, archive),
    extend: (modules: Parameters<typeof withRestored>[0]) =>
      withRestored(modules, { source: CLUSTER, environment }, restore),
  }
}
