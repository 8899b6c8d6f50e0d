import { enterRoot } from '@opencore/images'
import type { ImageSpec } from '@opencore/nodes'
import { makeScratchFolder } from '@opencore/servers'
import { execa } from 'execa'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** An image whose root is at hand. */
export type PodImage = ImageSpec & { root: string }

/** As far as one container of a rendered pod is run without a kubelet. */
export interface PodSpec {
  securityContext: { runAsUser: number; runAsGroup: number }
  containers: {
    env: { name: string; value: string }[]
    volumeMounts: { name: string; mountPath: string }[]
    ports: { name: string; containerPort: number }[]
    livenessProbe: Probe
    readinessProbe: Probe
  }[]
  volumes: { name: string; secret?: { secretName: string; items: { key: string; path: string }[] } }[]
}
interface Probe {
  httpGet: { path: string; port: string }
}

export interface Surroundings {
  /** Contents by `<secret>/<key>`. */
  secrets: Readonly<Record<string, string>>
  /** Names that are this machine. */
  hosts: readonly string[]
  /** Variables that differ from the pod's. */
  env: Readonly<Record<string, string>>
}

export interface RunningPod {
  /** Of the service itself, in this machine's numbers; nothing once it ended. */
  pid: () => Promise<number | undefined>
  output: () => string
  /** How it ended; it is told to, as by a kubelet. */
  stop: () => Promise<number | undefined>
  /** How it ends by itself. */
  end: Promise<number | undefined>
}

/** Run the first container of a pod in its image's root: its user, its variables, its Secrets as files, nothing to write to. */
export async function runPod(
  image: PodImage,
  { containers, volumes, securityContext }: PodSpec,
  { secrets, hosts, env }: Surroundings,
): Promise<RunningPod> {
  const { path: folder, remove } = await makeScratchFolder('pod')
  const [container] = containers
  const mounts: Record<string, string> = { '/etc/hosts': join(folder, 'hosts') }
  await writeFile(join(folder, 'hosts'), `127.0.0.1 localhost ${hosts.join(' ')}\n`)
  for (const { name, secret } of volumes) {
    const place = container?.volumeMounts.find((mount) => mount.name === name)?.mountPath
    if (secret === undefined || place === undefined) continue
    mounts[place] = join(folder, 'volumes', name)
    for (const { key, path } of secret.items) {
      const file = join(folder, 'volumes', name, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, secrets[`${secret.secretName}/${key}`] ?? '')
    }
  }
  const user = `${securityContext.runAsUser}:${securityContext.runAsGroup}`
  const variables = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]))
  const options = { readOnly: true, network: true, user, mounts }
  const [command = '', ...words] = enterRoot(image.root, options, image.entrypoint)
  const child = execa(command, words, {
    env: { ...image.environment, ...variables, ...env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    extendEnv: false,
    all: true,
    buffer: false,
    reject: false,
    stdin: 'ignore',
    killSignal: 'SIGKILL',
  })
  let output = ''
  child.all.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const end = child.then(async ({ exitCode }) => {
    await remove()
    return exitCode
  })
  // unshare waits for the one that it started, which became the service.
  const pid = async () => {
    const list = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').catch(() => '')
    return list === '' ? undefined : Number(list.trim())
  }
  return {
    pid,
    output: () => output,
    stop: async () => {
      const service = await pid()
      if (service !== undefined) process.kill(service, 'SIGTERM')
      return Promise.race([
        end,
        sleep(120_000, undefined, { ref: false }).then(() => void child.kill('SIGKILL')),
      ])
    },
    end,
  }
}
