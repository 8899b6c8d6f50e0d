import { definePlatformPart } from '@opencore/model/define'

/** The plugin of CloudNativePG that archives and restores: it gives each database with an object store its Role. */
export const barmanCloud = definePlatformPart({
  name: 'barman-cloud',
  namespace: 'cnpg-system',
  podLabels: { app: 'barman-cloud' },
})
