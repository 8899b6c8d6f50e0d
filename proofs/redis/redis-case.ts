import { createHash } from 'node:crypto'
import type { ChartCase } from '../shared/render-cases.ts'

/** The parts of rendered objects that a server is started from. */
interface Manifest {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  spec?: {
    clusterSize?: number
    dnsNames?: string[]
    persistenceEnabled?: boolean
    redisConfig?: { dynamicConfig?: string[] }
    redisLeader?: Manifest['spec']
    redisSentinelConfig?: Record<
      'quorum' | 'downAfterMilliseconds' | 'failoverTimeout' | 'parallelSyncs',
      string
    >
    livenessProbe?: { exec?: { command: string[] } }
    kubernetesConfig?: { redisSecret?: { name: string; key: string } }
    storage?: { volumeClaimTemplate?: unknown }
    initContainer?: { args?: string[] }
    target?: { template: { data: Record<string, string> } }
    containers?: Container[]
    jobTemplate?: { spec: { template: { spec: Record<'initContainers' | 'containers', Container[]> } } }
  }
}
interface Container {
  args: string[]
  env?: { name: string; valueFrom?: { secretKeyRef: { key: string } } }[]
}

/** One rendered case of the chart, as a server and its clients see it. */
export interface RedisCase {
  mode: 'cluster' | 'replication' | 'sentinel' | 'standalone'
  /** redis-additional.conf. */
  configuration: string
  /** Directives of the configuration, by name. */
  directives: ReadonlyMap<string, string>
  persistent: boolean
  /** Names of the certificate; undefined without TLS. */
  names: readonly string[] | undefined
  /** Whether a password is asked for. */
  hasPassword: boolean
  dynamic: readonly string[]
  /** user.acl for these passwords; undefined where `default` is alone. */
  users: (passwords: Readonly<Record<string, string>>) => string | undefined
  /** Who takes backups. */
  backupLogin: string
  /** Prefixes of keys, by keyspace in the case of environment variables. */
  prefixes: Readonly<Record<string, string>>
  sentinel:
    | (NonNullable<NonNullable<Manifest['spec']>['redisSentinelConfig']> & {
        members: number
        /** Whose password they ask for: `default`, or a name of their own. */
        login: string
      })
    | undefined
  sentinelConfiguration: string
  /** Scripts of containers and probes, for `sh -euc`. */
  scripts: Readonly<
    Record<'test' | 'dump' | 'upload' | 'restore' | 'liveness' | 'sentinelLiveness', string | undefined>
  >
}

const modes = {
  RedisCluster: 'cluster',
  RedisReplication: 'replication',
  RedisSentinel: 'sentinel',
  Redis: 'standalone',
} as const

/** Read what helm made of one case. */
export function readRedisCase(chartCase: ChartCase): RedisCase {
  const objects = chartCase.objects as unknown as Manifest[]
  const find = (kind: string) => objects.find((object) => object.kind === kind)
  const data = objects.find((object) => object.data?.['redis-additional.conf'] !== undefined)?.data ?? {}
  const client = objects.find((object) => object.data?.['REDIS_MODE'] !== undefined)?.data ?? {}
  const server = find('RedisCluster') ?? find('RedisReplication') ?? find('Redis')
  const member = server?.spec?.redisLeader ?? server?.spec
  const sentinel = find('RedisSentinel')?.spec
  const job = find('CronJob')?.spec?.jobTemplate?.spec.template.spec
  const configuration = data['redis-additional.conf'] ?? ''
  const template = find('ExternalSecret')?.spec?.target?.template.data['user.acl']
  const test = find('Pod')?.spec?.containers?.[0]?.args[0]
  const ownKey = server?.spec?.kubernetesConfig?.redisSecret?.key
  const ownerOf = (key: string | undefined) => (key === undefined || key === ownKey ? 'default' : key)
  const hasTls = client['REDIS_TLS'] === 'true'
  return {
    mode: sentinel ? 'sentinel' : modes[(server?.kind ?? 'Redis') as keyof typeof modes],
    configuration,
    directives: readDirectives(configuration),
    persistent: server?.spec?.storage?.volumeClaimTemplate !== undefined,
    names: hasTls ? (find('Certificate')?.spec?.dnsNames ?? ['localhost']) : undefined,
    hasPassword: server?.spec?.kubernetesConfig?.redisSecret !== undefined,
    dynamic: server?.spec?.redisConfig?.dynamicConfig ?? [],
    users: (passwords) => {
      const text = template ?? (configuration.includes('\naclfile ') ? ownFile : undefined)
      return text && fillTemplate(text, passwords)
    },
    backupLogin: ownerOf(
      job?.initContainers[0]?.env?.find(({ name }) => name === 'REDISCLI_AUTH')?.valueFrom?.secretKeyRef.key,
    ),
    prefixes: Object.fromEntries(
      Object.entries(client).flatMap(([name, prefix]) => {
        const keyspace = /^REDIS_(.+)_PREFIX$/.exec(name)?.[1]
        return keyspace === undefined ? [] : [[keyspace, prefix]]
      }),
    ),
    sentinel: sentinel?.redisSentinelConfig && {
      ...sentinel.redisSentinelConfig,
      members: sentinel.clusterSize ?? 0,
      login: ownerOf(sentinel.kubernetesConfig?.redisSecret?.key),
    },
    sentinelConfiguration: data['redis-sentinel-additional.conf'] ?? '',
    scripts: {
      test,
      liveness: member?.livenessProbe?.exec?.command[2],
      sentinelLiveness: sentinel?.livenessProbe?.exec?.command[2],
      dump: job?.initContainers[0]?.args[0],
      upload: job?.containers[0]?.args[0],
      restore: server?.spec?.initContainer?.args?.[0],
    },
  }
}

/** Directives by name, as `CONFIG GET` answers them: repeated ones in one text, without quotes. */
function readDirectives(configuration: string): Map<string, string> {
  const directives = new Map<string, string>()
  for (const line of configuration.trim().split('\n')) {
    const [, name = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? []
    const before = directives.get(name)
    const text = value.replace(/^"(.*)"$/, '$1')
    directives.set(name, before === undefined || before === '' ? text : `${before} ${text}`)
  }
  return directives
}

/** A file of users that somebody wrote, with `default` alone. */
const ownFile =
  'user default on {{ range index . "default" | trim | splitList "\\n" }}#{{ . | trim | sha256sum }} {{ end }}~* &* +@all'

/** What the External Secrets operator makes of the expression that the chart writes: a hash of each line of a property. */
function fillTemplate(template: string, passwords: Readonly<Record<string, string>>): string {
  const filled = template.replaceAll(
    /\{\{ range index \. "([^"]+)" \| trim \| splitList "\\n" \}\}#\{\{ \. \| trim \| sha256sum \}\} \{\{ end \}\}/g,
    (_, name: string) =>
      (passwords[name] ?? '')
        .trim()
        .split('\n')
        .map((password) => `#${createHash('sha256').update(password.trim()).digest('hex')} `)
        .join(''),
  )
  if (filled.includes('{{')) throw new Error(`an expression is left in ${filled}`)
  return filled
}
