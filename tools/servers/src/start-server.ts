import { execa } from 'execa'
import { setTimeout as sleep } from 'node:timers/promises'
import { serverAccount } from './server-account.ts'

export interface ServerSpec {
  /** For messages, such as `PostgreSQL`. */
  name: string
  command: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
  cwd?: string
  /** True once it serves. Called repeatedly; a rejection counts as "not yet". */
  ready: () => Promise<boolean>
  /** Longest start, in seconds. */
  patienceSeconds?: number
  /** What ends it in good order: PostgreSQL wants SIGINT for "now, and without corruption". */
  stopSignal?: NodeJS.Signals
}

export interface RunningServer {
  /** Everything it said so far, on both streams. */
  output: () => string
  /** Ends it and waits; it is killed after ten seconds. */
  stop: () => Promise<void>
}

/**
 * Start a server for a test and wait until it serves. It dies with this program.
 * Rejects with all it said when it ends before, or is not ready in time.
 */
export async function startServer(spec: ServerSpec): Promise<RunningServer> {
  const { name, command, args, env = {}, patienceSeconds = 60, stopSignal = 'SIGTERM' } = spec
  let output = ''
  const child = execa(command, args, {
    ...serverAccount(),
    ...(spec.cwd !== undefined && { cwd: spec.cwd }),
    env,
    all: true,
    buffer: false,
    stdin: 'ignore',
    reject: false,
    cleanup: true,
    forceKillAfterDelay: 10_000,
  })
  child.all.on('data', (chunk: Buffer) => (output += chunk.toString()))
  let ended: string | undefined
  const end = child.then(({ exitCode, signal, shortMessage }) => {
    ended = exitCode === undefined ? (signal ?? shortMessage ?? 'unknown') : `exit code ${exitCode}`
  })
  const server: RunningServer = {
    output: () => output,
    stop: async () => {
      child.kill(stopSignal)
      await end
    },
  }
  const deadline = Date.now() + patienceSeconds * 1000
  while (!(await spec.ready().catch(() => false))) {
    if (ended !== undefined) throw new Error(`${name} ended before it served: ${ended}\n${output}`)
    if (Date.now() > deadline) {
      await server.stop()
      throw new Error(`${name} was not ready after ${patienceSeconds} s\n${output}`)
    }
    await sleep(50)
  }
  return server
}
