import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { END_WITH } from './end-with.ts'
import { MARKER } from './find-marked-processes.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { identifyProcess } from './process-identity.ts'
import type { ProcessSpec } from './process-spec.ts'

export interface StartedProcess extends ProcessIdentity {
  spec: ProcessSpec
  /** Absolute path of the file that takes its output. */
  log: string
  /** Resolves when it ends, with one phrase that says how: `exit code 1`, `signal SIGKILL`. */
  ended: Promise<string>
}

export interface ProcessPlace {
  /** Folder of the log files; `<name>.log` is appended to. */
  logs: string
  /** Value of the marker in its environment. */
  marker: string
}

/**
 * Half as often as Go's default of 100: while a platform starts, collecting takes a fifth of all processor time, and with
 * 400 no more is won for twice the memory. A limit of memory would cost more time than it saves.
 */
const COLLECTION = { GOGC: '200' }

/**
 * Start a process with its output in a log file. It is the leader of its own group, so Ctrl-C in a
 * terminal does not reach it, and it does not keep this program running.
 * Rejects when the command cannot be started at all.
 */
export async function startProcess(spec: ProcessSpec, place: ProcessPlace): Promise<StartedProcess> {
  await mkdir(place.logs, { recursive: true })
  const log = join(place.logs, `${spec.name}.log`)
  const output = await open(log, 'a')
  try {
    const child = spawn(spec.command, spec.args, {
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      ...(spec.cwd !== undefined && { cwd: spec.cwd }),
      env: { ...inheritedEnvironment(), ...COLLECTION, ...spec.env, [MARKER]: place.marker },
    })
    const ended = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => {
        resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`)
      })
    })
    await once(child, 'spawn')
    child.unref()
    const pid = child.pid ?? 0
    const identity = (await identifyProcess(pid)) ?? { pid, started: '' }
    return { ...identity, spec, log, ended }
  } finally {
    await output.close()
  }
}

/** Little of the user's environment, so that a platform does not depend on (or keep) what else is set there. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', END_WITH]
  return Object.fromEntries(names.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])))
}
