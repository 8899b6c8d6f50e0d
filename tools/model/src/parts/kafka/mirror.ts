import type { JsonObject } from '../../json.ts'
import { entriesAt, textAt } from '../../read-value.ts'
import { tcp } from '../end.ts'
import type { Following, Pair, Part } from '../part.ts'
import { operatorDoor, WORKERS_PORT } from './operator-doors.ts'
import { MIRROR, podLabelsOf } from './pods.ts'
import { consumerGroupOf } from './users.ts'

/** The listener for the other region, and its port. */
const LISTENER = 'mirror'
const PORT = 9094

/**
 * MirrorMaker 2 in the region that waits, which reads the cluster of the region that serves. Both have the listener
 * and the user at all times, so that a promotion restarts no broker and waits for no certificate; whom the network
 * lets in follows the role.
 */
export function followKafka(data: Part, pair: Pair): Following | undefined {
  const topics = topicsOf(data)
  if (topics.length === 0) return undefined
  const copied = { topics, groups: groupsOf(data) }
  const door = (pods: string, list: string): Following['source'] => ({
    podLabels: podLabelsOf(data, pods),
    ports: tcp(PORT),
    list,
    suffix: ':mirror',
  })
  return {
    source: door('kafka', 'ingress'),
    follower: { ...door(MIRROR, 'mirrorEgress'), doors: [operatorDoor(data, MIRROR, WORKERS_PORT)] },
    values: {
      listeners: { [LISTENER]: listener(data, pair) },
      // Strimzi renews credentials long before they end, and the other region has to hear of it.
      pushSecrets: { store: { name: pair.secretStore } },
      users: {
        [userName(data, pair.counterpart)]: {
          mirrorSource: copied,
          pushTo: entryOf(data, pair.environment, pair.counterpart),
        },
      },
      ...(pair.role === 'standby' && { mirror: { enabled: true, source: source(data, pair), ...copied } }),
    },
  }
}

/** A load balancer for each broker and one to begin with, which take connections from the other region alone. */
function listener(data: Part, { cidrs, domains }: Pair): JsonObject {
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

/** The Secrets are made of what the other region puts into the store. */
function source(data: Part, pair: Pair): JsonObject {
  const { counterpart, domains, secretStore } = pair
  return {
    alias: counterpart,
    bootstrapServers: `${hostOf(data, domains.other)}:${PORT}`,
    caSecret: `${data.objects}-${counterpart}-ca`,
    userSecret: `${data.objects}-${counterpart}-user`,
    externalSecret: {
      store: { name: secretStore },
      path: entryOf(data, counterpart, pair.environment),
    },
  }
}

/** The entry of the store with what a reader needs to read a cluster of the same name in another environment. */
const entryOf = ({ objects }: Part, source: string, reader: string) => `kafka/${source}/${objects}/${reader}`

const hostOf = ({ objects }: Part, domain: string) => `${objects}.kafka.${domain}`

/** The user by which another environment reads this cluster. */
const userName = ({ objects }: Part, reader: string) => `${objects}-mirror-${reader}`

/** All but the bookkeeping of tools, which each cluster does for itself. */
function topicsOf({ values }: Part): string[] {
  return entriesAt(values, 'topics').flatMap(([name, topic]) =>
    textAt(topic, 'preset') === 'internal' ? [] : name,
  )
}

/** Groups of consumers and of stream applications, whose positions are worth a topic. */
function groupsOf({ values }: Part): string[] {
  const groups = entriesAt(values, 'users').flatMap(([name, user]) => {
    const group = consumerGroupOf(name, user)
    const application = textAt(user, 'streams', 'applicationId')
    return [...(group === undefined ? [] : [group]), ...(application === undefined ? [] : [application])]
  })
  return [...new Set(groups)].sort()
}
