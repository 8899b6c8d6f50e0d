import type { Finding } from '@opencore/contract'
import type { Service } from '@opencore/model'
import { refuseFlag } from './check-flags.ts'

/** What a service has to do with beyond the platform, as it is typed. */
export interface OutsideFlags {
  /** `<host>:<port>` */
  external?: string[] | undefined
  /** `<name>=<key>[,<key>...]` */
  secret?: string[] | undefined
  /** `<host>/<path>` */
  edge?: string[] | undefined
}

type Uses = NonNullable<Service['uses']>
type Edge = NonNullable<NonNullable<Service['exposes']>['edge']>

/** The same as a definition says it. */
export interface Outside {
  external: NonNullable<Uses['external']>
  secrets: NonNullable<Uses['secrets']>
  edge: Edge | undefined
}

/**
 * Take apart what is beyond the platform; whether a host, a port or a key may be so, the model says. Findings:
 * EXTERNAL_ARGUMENT, SECRET_ARGUMENT and EDGE_ARGUMENT, each for all that lacks a part or contradicts another.
 */
export function readOutside(flags: OutsideFlags): Outside & { findings: Finding[] } {
  const [external, secrets, edge] = [
    readExternal(flags.external),
    readSecrets(flags.secret),
    readEdge(flags.edge),
  ]
  return {
    external: external.value,
    secrets: secrets.value,
    edge: edge.value,
    findings: [...external.findings, ...secrets.findings, ...edge.findings],
  }
}

interface Read<T> {
  value: T
  findings: Finding[]
}

function readExternal(texts: readonly string[] = []): Read<Outside['external']> {
  const parts = texts.map((text) => ({ text, found: /^(?<host>[^:]+):(?<port>\d{1,5})$/.exec(text)?.groups }))
  return {
    value: parts.flatMap(({ found }) =>
      found ? [{ host: found['host'] ?? '', port: Number(found['port']), protocol: 'TCP' as const }] : [],
    ),
    findings: parts
      .filter(({ found }) => !found)
      .map(({ text }) =>
        refuseFlag('EXTERNAL_ARGUMENT', '--external', {
          found: `\`${text}\` is no host with a port`,
          wanted: '<host>:<port>, such as smtp.example.com:587; the port is reached by TCP',
          next: "name both; for UDP write the definition by hand, `protocol: 'UDP'`",
        }),
      ),
  }
}

function readSecrets(texts: readonly string[] = []): Read<Outside['secrets']> {
  const parts = texts.map((text) => {
    const [name = '', keys = ''] = text.split(/=(.*)/s)
    return { text, name, keys: keys.split(',') }
  })
  const refuse = (found: string, next: string) =>
    refuseFlag('SECRET_ARGUMENT', '--secret', {
      found,
      wanted: '<name>=<key>[,<key>...], such as smtp=username,password',
      next,
    })
  const names = parts.map(({ name }) => name)
  return {
    value: Object.fromEntries(parts.map(({ name, keys }) => [name, { keys }])),
    findings: [
      ...parts
        .filter(({ name, keys }) => name === '' || keys.includes(''))
        .map(({ text }) =>
          refuse(`\`${text}\` does not name a secret and its keys`, 'name the secret and every key of it'),
        ),
      ...[...new Set(names.filter((name, index) => name !== '' && names.indexOf(name) !== index))].map(
        (name) => refuse(`\`${name}\` is named twice`, `name it once, with all of its keys`),
      ),
    ],
  }
}

function readEdge(texts: readonly string[] = []): Read<Edge | undefined> {
  const parts = texts.map((text) => ({ text, found: /^(?<host>[^/]+)(?<path>\/.*)$/.exec(text)?.groups }))
  const sound = parts.flatMap(({ found }) => (found ? [found] : []))
  const hosts = [...new Set(sound.map(({ host = '' }) => host))]
  const [host] = hosts
  const refuse = (found: string, next: string) =>
    refuseFlag('EDGE_ARGUMENT', '--edge', {
      found,
      wanted:
        "<host>/<path>, such as api/fees: the first label of the host, to which each environment's domain is added",
      next,
    })
  return {
    value: host === undefined ? undefined : { host, paths: sound.map(({ path = '' }) => path) },
    findings: [
      ...parts
        .filter(({ found }) => !found)
        .map(({ text }) =>
          refuse(`\`${text}\` is no host with a path`, 'name both; `/` alone is every path'),
        ),
      ...(hosts.length > 1
        ? [
            refuse(
              `${hosts.join(' and ')} are two hosts`,
              'take one host for all paths, or split the service',
            ),
          ]
        : []),
    ],
  }
}
