/** What the redis-operator learns of a server from its pod's environment. */
export interface OperatorSettings {
  port: number
  cluster?: { busPort: number; nodesFile: string }
  persistent?: boolean
  /** Of `default`. */
  password?: string
  /** Folder with tls.crt, tls.key and ca.crt. */
  tls?: string
  folder: string
  /** The ConfigMap's file, which wins over all before it. */
  include: string
}

/**
 * redis.conf as the operator's init container writes it, on loopback.
 * Source: internal/agent/bootstrap/redis/config.go of redis-operator 0.26.
 */
export function operatorConfiguration(settings: OperatorSettings): string[] {
  const { cluster, password, persistent, tls, port } = settings
  return [
    'bind 127.0.0.1',
    'tcp-backlog 511',
    'timeout 0',
    'tcp-keepalive 60',
    'daemonize no',
    'supervised no',
    // Not the operator's: a copy to a replica otherwise waits five seconds for others that may want one too.
    'repl-diskless-sync-delay 0',
    ...(password === undefined
      ? ['protected-mode no']
      : [`masterauth ${password}`, `requirepass ${password}`, 'protected-mode yes']),
    ...(cluster === undefined
      ? []
      : [
          'cluster-enabled yes',
          'cluster-node-timeout 15000',
          'cluster-require-full-coverage no',
          'cluster-migration-barrier 1',
          `cluster-config-file ${cluster.nodesFile}`,
          'cluster-announce-ip 127.0.0.1',
          'cluster-announce-hostname localhost',
          // A pod has its bus at 16379; servers on one machine need a port each.
          `cluster-port ${cluster.busPort}`,
        ]),
    ...(tls === undefined ? [] : tlsLines(tls)),
    ...(tls === undefined || cluster === undefined
      ? []
      : ['tls-cluster yes', 'cluster-preferred-endpoint-type hostname']),
    ...(persistent === true
      ? [
          'save 900 1',
          'save 300 10',
          'save 60 10000',
          'Appendonly yes',
          'Appendfilename "Appendonly.aof"',
          `dir ${settings.folder}`,
        ]
      : []),
    ...(tls === undefined ? [`port ${port}`] : ['port 0', `tls-port ${port}`]),
    `include ${settings.include}`,
  ]
}

/**
 * What a probe finds in its container's environment.
 * Source: getEnvironmentVariables in internal/k8sutils/statefulset.go of redis-operator 0.26.
 */
export function operatorEnvironment(
  port: 'REDIS_PORT' | 'SENTINEL_PORT',
  server: { port: number; password: string | undefined; tls: string | undefined },
): Record<string, string> {
  return {
    [port]: String(server.port),
    ...(server.password !== undefined && { REDIS_PASSWORD: server.password }),
    ...(server.tls !== undefined && {
      REDIS_TLS_CA_CERT: `${server.tls}/ca.crt`,
      REDIS_TLS_CERT: `${server.tls}/tls.crt`,
      REDIS_TLS_CERT_KEY: `${server.tls}/tls.key`,
    }),
  }
}

/** What the operator tells a Sentinel, and what it asks to be watched. */
export interface OperatorSentinel {
  port: number
  masterPort: number
  quorum: string
  downAfterMilliseconds: string
  failoverTimeout: string
  parallelSyncs: string
  /** Of the Sentinel. */
  password: string
  /** Of `default` of the servers. */
  masterPassword: string
  tls: string
  folder: string
  include: string
}

/**
 * sentinel.conf as the operator's init container writes it, on loopback.
 * Source: internal/agent/bootstrap/sentinel/config.go of redis-operator 0.26.
 */
export function operatorSentinel(settings: OperatorSentinel): string[] {
  const { port, masterPort, quorum, password, tls, folder, include } = settings
  return [
    'bind 127.0.0.1',
    'daemonize no',
    `dir ${folder}`,
    'acllog-max-len 128',
    'sentinel deny-scripts-reconfig yes',
    `masterauth ${password}`,
    `requirepass ${password}`,
    'protected-mode yes',
    `sentinel monitor mymaster 127.0.0.1 ${masterPort} ${quorum}`,
    `sentinel down-after-milliseconds mymaster ${settings.downAfterMilliseconds}`,
    `sentinel parallel-syncs mymaster ${settings.parallelSyncs}`,
    `sentinel failover-timeout mymaster ${settings.failoverTimeout}`,
    'sentinel resolve-hostnames no',
    'sentinel announce-hostnames no',
    `sentinel auth-pass mymaster ${settings.masterPassword}`,
    'port 0',
    `tls-port ${port}`,
    ...tlsLines(tls),
    `include ${include}`,
  ]
}

const tlsLines = (folder: string): string[] => [
  `tls-cert-file ${folder}/tls.crt`,
  `tls-key-file ${folder}/tls.key`,
  `tls-ca-cert-file ${folder}/ca.crt`,
  'tls-auth-clients optional',
  'tls-replication yes',
]
