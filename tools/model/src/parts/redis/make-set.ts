import type { JsonObject } from '../../json.ts'
import { valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import { made, pick, statefulSet, type Manifest } from '../made.ts'
import { makePodSpec } from './make-pod.ts'
import { makeServices } from './make-services.ts'
import { labelsOf, stableLabels, type RedisSet } from './redis-set.ts'

/**
 * What redis-operator 0.26 makes of one role: internal/k8sutils/{statefulset,services,labels}.go. Labels of the
 * resource go on to everything; the claims of a StatefulSet are its controller's.
 */
export function makeSet(owner: Manifest, set: RedisSet): Manifest[] {
  const { namespace = 'default', name } = owner.metadata
  const labels = { ...labelsOf(owner, set), ...(set.setup === 'cluster' && { cluster: name }) }
  const isInside = set.onlyService !== undefined
  const templates = set.keeps ? claimTemplates(owner, set, labels) : []
  const spec = {
    replicas: set.replicas,
    serviceName: set.onlyService ?? `${set.name}-headless`,
    selector: { matchLabels: isInside ? labels : stableLabels(set) },
    ...(isInside
      ? {}
      : pick(valueAt(owner, 'spec', 'kubernetesConfig'), 'updateStrategy', 'minReadySeconds')),
    template: { metadata: { labels }, spec: makePodSpec(owner, set) },
    ...(templates.length > 0 && { volumeClaimTemplates: templates }),
  }
  const frame = { namespace, labels: isInside ? {} : labels }
  return [made(statefulSet, set.name, frame, { spec }), ...makeServices(owner, set)]
}

/** The data, and where a member of a cluster keeps who the others are. */
function claimTemplates(owner: Manifest, { name, setup }: RedisSet, labels: Labels): JsonObject[] {
  const storage = valueAt(owner, 'spec', 'storage')
  const data = valueAt(storage, 'volumeClaimTemplate', 'spec') as JsonObject | undefined
  const nodes = valueAt(storage, 'nodeConfVolumeClaimTemplate', 'spec') as JsonObject | undefined
  const template = (of: string, spec: JsonObject) => ({
    metadata: { name: of, labels },
    spec: { accessModes: ['ReadWriteOnce'], ...spec },
  })
  const hasNodes = setup === 'cluster' && valueAt(storage, 'nodeConfVolume') === true && nodes !== undefined
  return [...(hasNodes ? [template('node-conf', nodes)] : []), ...(data ? [template(name, data)] : [])]
}
