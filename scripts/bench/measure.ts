import { execFile, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What one run of a command took. */
export interface Measured {
  seconds: number
  /** Largest sum, over the process and its children, of resident memory: what `ps` says, asked five times a second. */
  mebibytes: number
}

const SAMPLE_MILLISECONDS = 200

/**
 * Run a command to its end, its output thrown away, and measure it. Rejects with its last words when it fails.
 * `input` is a file for its standard input.
 */
export async function measure(command: string[], options: MeasureOptions = {}): Promise<Measured> {
  const [program = '', ...words] = command
  const started = performance.now()
  const child = spawn(program, words, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: [options.input ?? 'ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2000)))
  const ended = new AbortController()
  const peak = samplePeak(child.pid ?? 0, ended.signal)
  const code = await new Promise((resolve) => child.once('close', resolve))
  const seconds = (performance.now() - started) / 1000
  ended.abort()
  if (code !== 0) throw new Error(`${command.slice(0, 3).join(' ')} ended with ${String(code)}:\n${said}`)
  return { seconds, mebibytes: await peak }
}

interface MeasureOptions {
  cwd?: string
  env?: Record<string, string>
  input?: number
}

/** One sample after another: on a busy machine `ps` takes longer than the time between two. */
async function samplePeak(root: number, ended: AbortSignal): Promise<number> {
  let peak = 0
  while (!ended.aborted) {
    peak = Math.max(peak, await residentMebibytes(root))
    await sleep(SAMPLE_MILLISECONDS)
  }
  return peak
}

async function residentMebibytes(root: number): Promise<number> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss='])
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const family = new Set([root])
  // A child comes after its parent in the process table except where numbers wrapped around: go over it twice.
  for (const [pid = 0, parent = 0] of [...rows, ...rows]) if (family.has(parent)) family.add(pid)
  const kibibytes = rows.filter(([pid = 0]) => family.has(pid)).reduce((sum, [, , rss = 0]) => sum + rss, 0)
  return kibibytes / 1024
}

/**
 * Run several things in turn, `rounds` times, and return the fastest run of each: other work on the machine only ever
 * slows a run down, and turns spread it over all.
 */
export async function fastest<Name extends string>(
  rounds: number,
  runs: Record<Name, () => Promise<Measured>>,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(runs) as Name[]
  const best = Object.fromEntries(names.map((name) => [name, { seconds: Infinity, mebibytes: 0 }])) as Record<
    Name,
    Measured
  >
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const { seconds, mebibytes } = await runs[name]()
      best[name].seconds = Math.min(seconds, best[name].seconds)
      best[name].mebibytes = Math.max(mebibytes, best[name].mebibytes)
    }
  return best
}
