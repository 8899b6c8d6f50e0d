import type { ClusterView } from '../cluster-view.ts'
import { listReaders } from '../configuration-readers.ts'
import { asLabels } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const configMapDeclared: Rule = {
  id: 'CONFIG_MAP_UNDECLARED',
  reason:
    'Whoever may name a ConfigMap in a pod reads how somebody else is set up, and is changed with it by people who know nothing of that.',
  check: (cluster) =>
    listReaders(cluster).flatMap(({ rendered, namespace, references }) =>
      references.flatMap(({ kind, name, path }) => {
        if (kind !== 'ConfigMap') return []
        const owned = cluster.find(kind, namespace, name)
        if (owned === undefined || owned.release === rendered.release) return []
        if (isForClients(owned) && uses(cluster, rendered, owned)) return []
        return complain(rendered, {
          code: configMapDeclared.id,
          found: `${describeObject(rendered.object)} reads ConfigMap ${name} (${path}), which is of ${owned.release}`,
          wanted: 'its own ConfigMaps, and of what it uses those that are for clients',
          next: isForClients(owned)
            ? `say in the definition of ${rendered.release} that it uses ${owned.release}, or remove the reference`
            : `give ${rendered.release} a ConfigMap of its own, or remove the reference`,
        })
      }),
    ),
}

/** A chart says so of what clients are told, such as where keys begin; control F8 reads the same label. */
const isForClients = ({ object }: RenderedObject) =>
  asLabels(object.metadata.labels)['opencore.dev/for-clients'] === 'true'

const uses = ({ flows }: ClusterView, user: RenderedObject, used: RenderedObject) =>
  flows.some(({ from, to }) => from === user.release && to === used.release)
