/**
 * What CloudNativePG puts beside a Cluster's own settings, as far as a server alone can have it.
 * Source: pkg/postgres/configuration.go of CloudNativePG 1.30 (GlobalDefaultSettings, hbaTemplateString).
 */
export const operatorParameters: Readonly<Record<string, string>> = {
  archive_timeout: '5min',
  dynamic_shared_memory_type: 'posix',
  full_page_writes: 'on',
  max_parallel_workers: '32',
  max_worker_processes: '32',
  max_replication_slots: '32',
  shared_memory_type: 'mmap',
  ssl_max_protocol_version: 'TLSv1.3',
  ssl_min_protocol_version: 'TLSv1.3',
  wal_keep_size: '512MB',
  wal_level: 'logical',
  wal_log_hints: 'on',
  wal_sender_timeout: '5s',
  wal_receiver_timeout: '5s',
}

/** Rules that come before a Cluster's own. */
export const operatorRulesBefore: readonly string[] = [
  'local all all peer map=local',
  'hostssl postgres streaming_replica all cert map=cnpg_streaming_replica',
  'hostssl replication streaming_replica all cert map=cnpg_streaming_replica',
  'hostssl all cnpg_pooler_pgbouncer all cert map=cnpg_pooler_pgbouncer',
]

/** The rule that comes after them; by itself it lets plaintext in. */
export const operatorRulesAfter: readonly string[] = ['host all all all scram-sha-256']

/** User maps of the rules above. */
export const operatorMaps = (user: string): readonly string[] => [
  `local ${user} postgres`,
  'cnpg_streaming_replica streaming_replica streaming_replica',
  'cnpg_pooler_pgbouncer cnpg_pooler_pgbouncer cnpg_pooler_pgbouncer',
]
