import { freePort, type Postgres } from '@opencore/servers'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { runPod, type PodImage, type PodSpec, type RunningPod } from './run-pod.ts'

const PATIENCE_MS = 240_000
const PROBE_MS = 3000
/** What Java finds in a container with the limits of the pod, 1Gi and less than one processor; there is no container here. */
const LIMITS = '-XX:MaxRAM=1g -XX:ActiveProcessorCount=1'

/** Where a service's database is, and what the operator's Secret says of it. */
export interface Database {
  database: Postgres
  login: { user: string; password: string }
  /** Its names, as the pod's variables have them. */
  hosts: readonly string[]
}

export interface ToldPod extends RunningPod {
  /** By the name of its port. */
  url: (port: string, path: string) => string
}

export interface ReadyPod extends ToldPod {
  /** Since the virtual machine began, as Spring says it, and of all processors until it was ready. */
  seconds: { start: number; processors: number }
}

/** Run a pod with its own variables but for ports, which are this machine's free ones, and more flags for Java. */
export async function tellPod(
  image: PodImage,
  pod: PodSpec,
  { database, login, hosts }: Database,
  flags: string,
): Promise<ToldPod> {
  const [http, management] = [await freePort(), await freePort()]
  const variables = pod.containers[0]?.env ?? []
  const told = (name: string) => variables.find((variable) => variable.name === name)?.value ?? ''
  const running = await runPod(image, pod, {
    secrets: {
      'ledger-db-app/username': login.user,
      'ledger-db-app/password': login.password,
      'ledger-db-ca/ca.crt': await readFile(database.authority, 'utf8'),
    },
    hosts,
    env: {
      SERVER_PORT: String(http),
      MANAGEMENT_SERVER_PORT: String(management),
      SPRING_DATASOURCE_URL: told('SPRING_DATASOURCE_URL').replace(':5432/', `:${database.port}/`),
      JAVA_TOOL_OPTIONS: `${told('JAVA_TOOL_OPTIONS')} ${LIMITS} ${flags}`,
    },
  })
  const url = (port: string, path: string) => `http://127.0.0.1:${port === 'http' ? http : management}${path}`
  return { ...running, url }
}

/** The same, until its readiness probe is content. Rejects with all it said when it ends before, or is not ready in time. */
export async function startPod(
  image: PodImage,
  pod: PodSpec,
  database: Database,
  flags: string,
): Promise<ReadyPod> {
  const running = await tellPod(image, pod, database, flags)
  const probe = pod.containers[0]?.readinessProbe.httpGet
  const isReady = () =>
    fetch(running.url(probe?.port ?? '', probe?.path ?? ''), { signal: AbortSignal.timeout(PROBE_MS) }).then(
      ({ ok }) => ok,
      () => false,
    )
  const deadline = Date.now() + PATIENCE_MS
  while (!(await isReady())) {
    const hasEnded = (await running.pid()) === undefined
    if (hasEnded || Date.now() > deadline) {
      if (!hasEnded) await running.stop()
      throw new Error(`the service was not ready\n${running.output()}`)
    }
    await sleep(50)
  }
  const [, start = ''] = /process running for ([\d.]+)/.exec(running.output()) ?? []
  const processors = await processorSeconds(await running.pid())
  return { ...running, seconds: { start: Number(start), processors } }
}

/** Of all threads of a process so far, its own and the kernel's on its behalf. */
async function processorSeconds(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
