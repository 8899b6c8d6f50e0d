import { freePort } from '@opencore/servers'
import type { Manifest } from '@opencore/renderer'
import { execa } from 'execa'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** An alert as Prometheus sends it. */
export interface Alert {
  labels: Record<string, string>
  annotations?: Record<string, string>
  startsAt?: Date
  endsAt?: Date
}

export interface Alertmanager {
  /** File with the configuration that it runs. */
  file: string
  /** Take these alerts, as if a Prometheus had sent them. */
  send: (...alerts: Alert[]) => Promise<void>
  /** Alerts that it holds, with what keeps each of them quiet. */
  alerts: () => Promise<
    { labels: Record<string, string>; status: { state: string; inhibitedBy: string[] } }[]
  >
  url: string
  output: () => string
  stop: () => Promise<void>
}

/**
 * Write the files that Alertmanager's pod would have: those of the Secret that it is configured by, as the operator and the
 * kubelet bring them, and the credentials. Its own paths lie below the folder instead of the root. With a selector of
 * AlertmanagerConfigs, which kube-prometheus-stack always sets, the operator reads the configuration strictly and writes it
 * anew (`provisionAlertmanagerConfiguration`, prometheus-operator 0.93.1): what it does not know must not be in it.
 */
export async function writeFiles(
  objects: readonly Manifest[],
  credentials: Readonly<Record<string, string>>,
): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'opencore-alertmanager-'))
  const secret = objects.find(({ kind }) => kind === 'Secret')
  const files = secret?.['stringData'] as Record<string, string> | undefined
  if (!files) throw new Error('no Secret with a configuration')
  for (const [name, text] of Object.entries(files))
    await write(join(root, 'etc/alertmanager/config', name), text.replaceAll('/etc/', `${root}/etc/`))
  const folder = /\/etc\/alertmanager\/secrets\/([^/]+)\//.exec(files['alertmanager.yaml'] ?? '')?.[1] ?? ''
  for (const [name, text] of Object.entries(credentials))
    await write(join(root, 'etc/alertmanager/secrets', folder, name), text)
  return root
}

/** Start it over such a folder, and wait until it takes alerts. */
export async function startAlertmanager(command: string, root: string): Promise<Alertmanager> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const file = join(root, 'etc/alertmanager/config/alertmanager.yaml')
  let output = ''
  const child = execa(
    command,
    [
      `--config.file=${file}`,
      `--storage.path=${join(root, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { all: true, buffer: false, stdin: 'ignore', reject: false },
  )
  child.all.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const isReady = async () => (await fetch(`${url}/-/ready`)).ok
  const deadline = Date.now() + 30_000
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it does not start:\n${output}`)
    await sleep(50)
  }
  return {
    file,
    url,
    output: () => output,
    send: async (...alerts) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(alerts)
      const { ok, status } = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body })
      if (!ok) throw new Error(`alerts were refused: ${status}`)
    },
    alerts: async () =>
      (await (await fetch(`${url}/api/v2/alerts`)).json()) as Awaited<ReturnType<Alertmanager['alerts']>>,
    stop: async () => {
      child.kill()
      await child
      await rm(root, { recursive: true })
    },
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
