import type { JsonObject } from '../../json.ts'
import { entriesAt, textAt } from '../../read-value.ts'
import type { DataRelease, Door, Following, Pair } from './data-kind.ts'
import { consumerGroupOf } from './kafka-users.ts'

/** The listener for the other region, and its port. */
const LISTENER = 'mirror'
const PORT = 9094

/**
 * MirrorMaker 2 in the region that waits, which reads the cluster of the region that serves. Both have the listener
 * and the user at all times, so that a promotion restarts no broker and waits for no certificate; whom the network
 * lets in follows the role.
 */
export function followKafka(data: DataRelease, pair: Pair): Following | undefined {
  const topics = topicsOf(data)
  if (topics.length === 0) return undefined
  const copied = { topics, groups: groupsOf(data) }
  const door = (pods: string, list: string): Door => ({
    podLabels: { 'strimzi.io/name': `${data.objects}-${pods}` },
    ports: [PORT],
    list,
    suffix: ':mirror',
  })
  return {
    source: door('kafka', 'ingress'),
    follower: door('mirror-mirrormaker2', 'mirrorEgress'),
    values: {
      listeners: { [LISTENER]: listener(data, pair) },
      users: { [userName(data, pair.counterpart)]: { mirrorSource: copied } },
      ...(pair.role === 'standby' && { mirror: { enabled: true, source: source(data, pair), ...copied } }),
    },
  }
}

/** A load balancer for each broker and one to begin with, which take connections from the other region alone. */
function listener(data: DataRelease, { cidrs, domains }: Pair): JsonObject {
  const host = hostOf(data, domains.own)
  return {
    port: PORT,
    type: 'loadbalancer',
    configuration: {
      // Keeps the address of the client, by which the network policy knows it.
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: [...cidrs],
      bootstrap: {
        alternativeNames: [host],
        annotations: { 'external-dns.alpha.kubernetes.io/hostname': host },
      },
    },
  }
}

/** The Secrets are copies of what Strimzi makes in the other region; see environments/regions.ts. */
function source(data: DataRelease, { counterpart, domains }: Pair): JsonObject {
  return {
    alias: counterpart,
    bootstrapServers: `${hostOf(data, domains.other)}:${PORT}`,
    caSecret: `${data.objects}-${counterpart}-ca`,
    userSecret: `${data.objects}-${counterpart}-user`,
  }
}

const hostOf = ({ objects }: DataRelease, domain: string) => `${objects}.kafka.${domain}`

/** The user by which another environment reads this cluster. */
const userName = ({ objects }: DataRelease, reader: string) => `${objects}-mirror-${reader}`

/** All but the bookkeeping of tools, which each cluster does for itself. */
function topicsOf({ values }: DataRelease): string[] {
  return entriesAt(values, 'topics').flatMap(([name, topic]) =>
    textAt(topic, 'preset') === 'internal' ? [] : name,
  )
}

/** Groups of consumers and of stream applications, whose positions are worth a topic. */
function groupsOf({ values }: DataRelease): string[] {
  const groups = entriesAt(values, 'users').flatMap(([name, user]) => {
    const group = consumerGroupOf(name, user)
    const application = textAt(user, 'streams', 'applicationId')
    return [...(group === undefined ? [] : [group]), ...(application === undefined ? [] : [application])]
  })
  return [...new Set(groups)].sort()
}
