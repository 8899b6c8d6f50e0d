import { z } from 'zod'

const portSchema = z.strictObject({
  /** Port that the peer's containers listen on. */
  port: z.int().min(1).max(65535),
  protocol: z.enum(['TCP', 'UDP']),
})

const peerSchema = z.strictObject({
  /** Namespace the peer runs in. */
  namespace: z.string().min(1),
  /** Labels of its pods; at least one, or the whole namespace would be let in. */
  podLabels: z.record(z.string(), z.string()),
  /** Where it listens; none for a peer that only calls. */
  ports: z.array(portSchema).exactOptional(),
})

/** Blocks of addresses, at least one: an empty list would be read as everybody. */
export const cidrsSchema = z.array(z.union([z.cidrv4(), z.cidrv6()])).min(1)

/** What is no pod, and is known by its addresses. */
const addressSchema = z.strictObject({
  /** Its addresses, as network policies of this cluster see them. */
  cidrs: cidrsSchema,
  /** Where it listens. */
  ports: z.array(portSchema).min(1),
})

/** Pods that run in the cluster but are no service of ours. */
export type Peer = z.infer<typeof peerSchema>

/** The peers that network policies have to know in every environment. */
export const peersSchema = z.strictObject({
  /** Cluster DNS: every pod asks it. */
  dns: peerSchema,
  /** What takes traffic in from outside: reaches services that expose themselves at the edge. */
  ingressGateway: peerSchema,
  /** Scrapes services that expose metrics, and the data layer. */
  prometheus: peerSchema,
  /** The operator of PostgreSQL. */
  cloudNativePg: peerSchema,
  /** The operator of Kafka. */
  strimzi: peerSchema,
  /** The operator of Redis. */
  redisOperator: peerSchema,
  /** The API server, which instances of databases and brokers ask. */
  kubernetesApi: addressSchema,
  /** Where backups and archives go. */
  objectStore: addressSchema,
})

/** The peers that network policies have to know in every environment. */
export type Peers = z.infer<typeof peersSchema>
