import type { Manifest } from '@opencore/renderer'
import { freePort } from '@opencore/servers'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stringify } from 'yaml'
import { renderCases } from '../shared/render-cases.ts'
import { root } from '../shared/root.ts'
import type { Logs, Traces } from './otlp.ts'

/** Where a pod keeps its queue, and finds the token of the backend. */
export interface Pod {
  folder: string
  remove: () => Promise<void>
}

/** A collector that takes OTLP as its pod would. */
export interface Collector {
  /** Send, and say how it was answered. */
  send: (what: Logs | Traces) => Promise<number>
  sendText: (path: string, text: string) => Promise<number>
  /** What Prometheus would scrape. */
  metrics: () => Promise<string>
  /** The same, once it has what is looked for, or what it has at the end of some seconds. */
  metricsWith: (pattern: RegExp, seconds: number) => Promise<string>
  /** Memory that it has, in MiB. */
  memory: () => Promise<number>
  output: () => string
  /** By SIGTERM unless told otherwise; back once it is over. */
  stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** Values of the chart that a proof sets, and what waits less in it. */
export interface Given {
  backend: string
  set?: readonly string[]
  peers?: { ports: readonly number[]; own: number }
}

/** The folder of a pod's volumes. */
export async function makePod(): Promise<Pod> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-collector-'))
  await mkdir(join(folder, 'queue'))
  await mkdir(join(folder, 'backend'))
  await writeFile(join(folder, 'backend', 'token'), 'token-of-the-proof\n')
  return { folder, remove: () => rm(folder, { recursive: true }) }
}

/**
 * Start what the chart renders. The operator hands the configuration on as it is (internal/manifests/collector/configmap.go of
 * 0.158; its defaults are all said), and sets GOMEMLIMIT to the limit of the memory. Changed are paths and addresses, and the
 * exporter's encoding, so that the backend needs no protobuf.
 */
export async function startCollector(pod: Pod, { backend, set = [], peers }: Given): Promise<Collector> {
  const { otelcol = '' } = await ensureTools(['otelcol'], console.error)
  const only = peers ? 'production' : 'minimal'
  const [rendered] = await renderCases(root, 'telemetry', { only, set: [...set] })
  const owner = rendered?.objects.find(({ kind }) => kind === 'OpenTelemetryCollector')
  if (!owner) throw new Error('no collector was rendered')
  const ports = { http: await freePort(), health: await freePort(), metrics: await freePort() }
  const text = localise(configurationOf(owner), { backend, ports, folder: pod.folder, peers })
  const file = join(pod.folder, 'collector.yaml')
  await writeFile(file, text)
  let output = ''
  const child = execa(otelcol, [`--config=${file}`], {
    env: { GOMEMLIMIT: '1GiB', GOMAXPROCS: '1' },
    reject: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    forceKillAfterDelay: false,
  })
  child.all.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const state = { ended: false }
  void child.then(() => (state.ended = true))
  const isReady = () =>
    fetch(`http://127.0.0.1:${ports.health}/`).then(
      ({ ok }) => ok,
      () => false,
    )
  for (let tries = 0; !(await isReady()); tries++) {
    if (state.ended || tries > 600) throw new Error(`the collector does not start:\n${output.slice(-4000)}`)
    await sleep(100)
  }
  const sendText = async (path: string, body: string) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`http://127.0.0.1:${ports.http}${path}`, { method: 'POST', headers, body })
    await response.arrayBuffer()
    return response.status
  }
  const metrics = async () => (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).text()
  const metricsWith = async (pattern: RegExp, seconds: number) => {
    let counted = ''
    for (let tries = 0; !pattern.test(counted) && tries < seconds * 10; tries++) {
      await sleep(100)
      counted = await metrics()
    }
    return counted
  }
  return {
    sendText,
    send: (what) => sendText('resourceLogs' in what ? '/v1/logs' : '/v1/traces', JSON.stringify(what)),
    metrics,
    metricsWith,
    memory: async () => Number(/^otelcol_process_memory_rss (\S+)/m.exec(await metrics())?.[1]) / 2 ** 20,
    output: () => output,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await child
    },
  }
}

function configurationOf(owner: Manifest): unknown {
  return (owner['spec'] as { config: unknown }).config
}

interface Here {
  backend: string
  ports: Record<'http' | 'health' | 'metrics', number>
  folder: string
  peers: Given['peers']
}

function localise(configuration: unknown, { backend, ports, folder, peers }: Here): string {
  const text = stringify(configuration, { lineWidth: 0 })
    .replaceAll('/var/lib/otelcol', join(folder, 'queue'))
    .replaceAll('/etc/opencore', folder)
    .replace(/endpoint: https?:\/\/.*/, `endpoint: ${backend}\n    encoding: json`)
    .replace('0.0.0.0:4318', `127.0.0.1:${ports.http}`)
    .replace('0.0.0.0:13133', `127.0.0.1:${ports.health}`)
    .replace('host: 0.0.0.0', 'host: 127.0.0.1')
    .replace('port: 8888', `port: ${ports.metrics}`)
  if (!peers) return text
  const hostnames = peers.ports.map((port) => `127.0.0.1:${port}`)
  return text
    .replace('0.0.0.0:4317', `127.0.0.1:${peers.own}`)
    .replace(/( +)dns:\n(?:\1 +.*\n)+/, `$1static: { hostnames: ${JSON.stringify(hostnames)} }\n`)
}
