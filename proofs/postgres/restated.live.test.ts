import { askOperator } from './ask-operator.ts'
import { proveRestated } from '../shared/restated.ts'

// Samples of CloudNativePG and of its chart `cluster`, chosen by kind. A Secret, a ConfigMap, or an authority of
// cert-manager that a sample brings for itself is somebody else's with us as well, so it is no fact.
await proveRestated({
  chart: 'postgres',
  moved: {
    // The archive is the plugin's: CloudNativePG 1.31 has no other.
    'Cluster.backup.barmanObjectStore.': 'ObjectStore.configuration.',
    'Cluster.backup.retentionPolicy': 'ObjectStore.retentionPolicy',
    // Roles have a kind of their own since 1.30.
    'Cluster.managed.roles.': 'DatabaseRole/',
  },
  // An object that is there is present; its own reclaim policy says what becomes of the rest.
  defaults: { '.ensure': 'present' },
  findRefusals: async (objects) => {
    const own = objects.filter(({ apiVersion }) => apiVersion.startsWith('postgresql.cnpg.io/'))
    const answers = await askOperator<{ refusal?: string }>('admit', own)
    return answers.flatMap(({ refusal = [] }) => refusal)
  },
})
