import { FindingsError, formatFinding } from '@opencore/contract/findings'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { findMarkedProcesses, MARKER } from './find-marked-processes.ts'
import { stopAll } from './stop-all.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(marker: string, uid?: number): number | undefined {
  const env = { ...process.env, [MARKER]: marker }
  const child = spawn('sleep', ['60'], { env, stdio: 'ignore', ...(uid !== undefined && { uid }) })
  children.push(child)
  return child.pid
}

describe.runIf(process.platform === 'linux')(stopAll, () => {
  it('stops every marked process, and says how many there were', async () => {
    const marker = randomUUID()
    const pid = start(marker)
    await expect.poll(() => findMarkedProcesses(marker)).toMatchObject([{ pid }])
    expect(await stopAll('here', () => findMarkedProcesses(marker), 0)).toBe(1)
    expect(await findMarkedProcesses(marker)).toEqual([])
  })

  it.runIf(process.getuid?.() === 0)('leaves alone what another user marked', async () => {
    const [marker, other] = [randomUUID(), 65_534]
    start(marker, other)
    const own = start(marker)
    await expect.poll(() => findMarkedProcesses(marker)).toMatchObject([{ pid: own }])
    await stopAll('here', () => findMarkedProcesses(marker), 0)
    expect(children[0]?.exitCode).toBeNull()
  })

  it('names what comes again and again', async () => {
    const gone = () =>
      Promise.resolve([
        { pid: 7, started: 'never' },
        { pid: 8, started: 'never' },
      ])
    const error: unknown = await stopAll('here', gone, 0, 20).catch((thrown: unknown) => thrown)
    expect(error instanceof FindingsError && error.findings.map(formatFinding).join('\n')).toBe(
      `here: after 0.02 s there still are processes of it: 7, 8  [PROCESSES_LEFT]
  want  every process ends when it is told to
  next  look what starts them or holds them (ps -o pid,ppid,stat,args -p 7,8), then run the same command again`,
    )
  })
})
