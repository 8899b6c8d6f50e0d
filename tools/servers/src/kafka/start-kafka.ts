import { issue, makeAuthority, type Authority } from '@opencore/cluster/certificates'
import { execa } from 'execa'
import { webcrypto } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { makeScratchFolder } from '../scratch-folder.ts'
import { giveToServer, serverAccount } from '../server-account.ts'
import { startServer, type RunningServer } from '../start-server.ts'
import type { KafkaInstallation } from './install-kafka.ts'
import { startKafkaClient, type ClientProperties, type KafkaClient } from './kafka-client.ts'

/** What a Kafka resource says of its brokers, and who will call. */
export interface KafkaSettings {
  /** Nodes that are brokers and controllers at once. */
  nodes: number
  metadataVersion: string
  /** `spec.kafka.config`. */
  config: Readonly<Record<string, string | number | boolean>>
  /** Names of users with a certificate. */
  certificates: readonly string[]
  /** Users with a password, by name. */
  passwords: Readonly<Record<string, string>>
}

export interface Kafka {
  /** Addresses of the listener that wants a certificate. */
  bootstrap: string
  client: KafkaClient
  /** Properties of a client of this user; `admin` may do everything. */
  as: (user: string) => ClientProperties
  /** Folder with `user.crt`, `user.key` and `ca.crt`, as a pod mounts them. */
  certificatesOf: (user: string) => string
  /** Ends one node in good order. */
  stopNode: (node: number) => Promise<void>
  output: () => string
  stop: () => Promise<void>
}

/** Who may do everything: the nodes themselves, and the test. */
const SUPER_USERS = ['node', 'admin']

/** Start a Kafka cluster with TLS, client certificates, SCRAM and access control, laid out as Strimzi does. */
export async function startKafka(installation: KafkaInstallation, settings: KafkaSettings): Promise<Kafka> {
  const { path: folder, remove } = await makeScratchFolder('brokers')
  const nodes = await Promise.all(
    Array.from({ length: settings.nodes }, async (_, id) => ({
      id,
      tls: await freePort(),
      scram: await freePort(),
      quorum: await freePort(),
    })),
  )
  await writeCertificates(folder, [...SUPER_USERS, ...settings.certificates])
  const files = await Promise.all(
    nodes.map(async (node) => {
      const file = join(folder, `node-${node.id}.properties`)
      await writeFile(file, asProperties(nodeProperties(node, nodes, folder, settings.config)))
      return file
    }),
  )
  await giveToServer(folder)
  const clusterId = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString('base64url')
  await Promise.all(files.map((file) => format(installation, file, clusterId, settings.metadataVersion)))

  const client = startKafkaClient(installation)
  const addressesOf = (listener: 'tls' | 'scram') =>
    nodes.map((node) => `127.0.0.1:${node[listener]}`).join(',')
  const bootstrap = addressesOf('tls')
  const as = (user: string): ClientProperties => {
    const password = settings.passwords[user]
    const trust = { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': join(folder, 'ca.crt') }
    if (password === undefined)
      return {
        ...trust,
        'bootstrap.servers': bootstrap,
        'security.protocol': 'SSL',
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': join(folder, user, 'user.pem'),
      }
    return {
      ...trust,
      'bootstrap.servers': addressesOf('scram'),
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config': `${SCRAM_MODULE} required username="${user}" password="${password}";`,
    }
  }
  const servers: RunningServer[] = []
  const stop = async () => {
    await client.close()
    await Promise.all(servers.map((server) => server.stop()))
    await remove()
  }
  try {
    // All at once: a node is ready when the cluster has all of them.
    const complete = async () => {
      const { answer } = await client.ask(
        { ...as('admin'), 'default.api.timeout.ms': '2000', 'request.timeout.ms': '1500' },
        { do: 'brokers' },
      )
      return answer === settings.nodes
    }
    servers.push(
      ...(await Promise.all(
        files.map((file, id) =>
          startServer({
            name: `Kafka node ${id}`,
            command: 'java',
            args: [...installation.run('kafka.Kafka', '-Xmx320m', '-Xms128m'), file],
            cwd: folder,
            ready: complete,
            patienceSeconds: 120,
          }),
        ),
      )),
    )
    for (const [user, password] of Object.entries(settings.passwords))
      await client.ask(as('admin'), { do: 'setPassword', user, password })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    bootstrap,
    client,
    as,
    certificatesOf: (user) => join(folder, user),
    stopNode: async (node) => servers[node]?.stop(),
    output: () => servers.map(({ output }) => output()).join('\n'),
    stop,
  }
}

const SCRAM_MODULE = 'org.apache.kafka.common.security.scram.ScramLoginModule'

interface Node {
  id: number
  tls: number
  scram: number
  quorum: number
}

/** What Strimzi writes beside a Kafka resource's own settings, as far as it bears on clients. */
function nodeProperties(
  { id, tls, scram, quorum }: Node,
  nodes: readonly Node[],
  folder: string,
  config: KafkaSettings['config'],
): Record<string, string | number | boolean> {
  return {
    ...config,
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': nodes.map((node) => `${node.id}@127.0.0.1:${node.quorum}`).join(','),
    listeners: `TLS://127.0.0.1:${tls},SCRAM://127.0.0.1:${scram},QUORUM://127.0.0.1:${quorum}`,
    'listener.security.protocol.map': 'TLS:SSL,SCRAM:SASL_SSL,QUORUM:SSL',
    'inter.broker.listener.name': 'TLS',
    'controller.listener.names': 'QUORUM',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': join(folder, 'node', 'user.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': join(folder, 'ca.crt'),
    'ssl.client.auth': 'required',
    'listener.name.scram.ssl.client.auth': 'none',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.scram.scram-sha-512.sasl.jaas.config': `${SCRAM_MODULE} required;`,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': SUPER_USERS.map((name) => `User:CN=${name}`).join(';'),
    'log.dirs': join(folder, `data-${id}`),
    // Fewer than the usual 50, so that a test need not wait for them.
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.num.partitions': 3,
    'group.initial.rebalance.delay.ms': 0,
  }
}

async function format(
  installation: KafkaInstallation,
  file: string,
  clusterId: string,
  metadataVersion: string,
) {
  const options = [
    'format',
    '--cluster-id',
    clusterId,
    '--release-version',
    metadataVersion,
    '--config',
    file,
  ]
  await execa(
    'java',
    [...installation.run('kafka.tools.StorageTool', '-Xmx128m'), ...options],
    serverAccount() ?? {},
  )
}

const asProperties = (properties: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

async function writeCertificates(folder: string, users: readonly string[]): Promise<void> {
  const authority = await makeAuthority('opencore-kafka')
  const certificate = authority.certificate.toString('pem')
  await writeFile(join(folder, 'ca.crt'), certificate)
  await Promise.all(users.map((user) => writeUser(join(folder, user), user, authority, certificate)))
}

/** A user's folder, as the Secret that Strimzi makes; the key and certificate once more in one file, for Kafka. */
async function writeUser(folder: string, user: string, authority: Authority, ca: string): Promise<void> {
  const { certificate, key } = await issue(authority, `CN=${user}`, [{ type: 'ip', value: '127.0.0.1' }])
  await mkdir(folder)
  await writeFile(join(folder, 'ca.crt'), ca)
  await writeFile(join(folder, 'user.crt'), certificate)
  await writeFile(join(folder, 'user.key'), key)
  await writeFile(join(folder, 'user.pem'), key + certificate)
}
