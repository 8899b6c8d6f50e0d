import { textAt } from '../../read-value.ts'
import { tcp, type Labels } from '../end.ts'
import type { Inside, Part } from '../part.ts'
import { portOf } from './listeners.ts'
import { CRUISE_CONTROL, QUORUM, REPLICATION, WORKERS_PORT } from './operator-doors.ts'
import { CONNECT, MIRROR, podLabelsOf } from './pods.ts'

/** The registry's. */
const REGISTRY = 8443

/** Whom pods of one kind call, and where. */
type Way = [from: string, to: string, ...ports: number[]]

/**
 * What the parts of a cluster say to each other, as the chart's network policies have it. Parts that a cluster does
 * without have no pods: a way of theirs is to nobody.
 */
export function insideKafka(part: Part): Inside[] {
  const workers = (pods: string, authentication: string): Way[] => [
    [pods, pods, WORKERS_PORT],
    [pods, 'kafka', portOf(part, authentication)],
  ]
  const ways: Way[] = [
    ['kafka', 'kafka', QUORUM, REPLICATION],
    ['entity-operator', 'kafka', REPLICATION],
    ['entity-operator', 'cruise-control', CRUISE_CONTROL],
    ['cruise-control', 'kafka', REPLICATION],
    ['kafka-exporter', 'kafka', REPLICATION],
    ...workers(CONNECT, textAt(part.values, 'connect', 'authentication') ?? 'tls'),
    ...workers(MIRROR, 'tls'),
    ['registry', 'kafka', portOf(part, 'tls')],
    ['registry-rules', 'registry', REGISTRY],
  ]
  return ways.map(([from, to, ...ports]) => ({
    suffix: `:inside:${from}:${to}`,
    from: labelsOf(part, from),
    to: labelsOf(part, to),
    ports: tcp(...ports),
  }))
}

/** The registry is the chart's own Deployment; everything else is Strimzi's. */
function labelsOf(part: Part, pods: string): Labels {
  return pods.startsWith('registry')
    ? { 'app.kubernetes.io/name': `${part.objects}-${pods}` }
    : podLabelsOf(part, pods)
}
