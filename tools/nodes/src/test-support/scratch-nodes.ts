import { CLUSTER_TOOLS, specifyCluster } from '@opencore/cluster'
import { ensureTools } from '@opencore/toolchain'
import { bundleProgram } from '@opencore/toolchain/testing'
import { workspaceRoot } from '@opencore/toolchain/workspace-root'
import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeNodes } from '../remove-nodes.ts'

const START_MS = 240_000
const STOP_MS = 60_000

/** A cluster with real nodes that runs in a process of its own. */
export interface RunningNodes {
  /** What kubectl prints, or the last line of why it failed. It never takes longer than its time. */
  kubectl: (args: readonly string[], input?: string) => Promise<string>
  /** Stop it in good order. */
  stop: () => Promise<void>
  /** Kill whoever started it; its nodes run on. */
  crash: () => Promise<void>
}

/** A scratch folder in which nodes can be started again and again. */
export interface ScratchNodes {
  folder: string
  start: () => Promise<RunningNodes>
  /** Whatever runs is ended, and the folder removed. */
  dispose: () => Promise<void>
}

/** Make a folder for a test's nodes, one in each of these zones; nothing runs yet. */
export async function makeScratchNodes(zones: string[]): Promise<ScratchNodes> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-nodes-'))
  const folder = join(scratch, 'platform')
  const tools = await ensureTools([...CLUSTER_TOOLS, 'kubectl'], tell)
  const spec = specifyCluster(tools, { name: 'real', zones })
  // Inside the checkout, since a tool's module is found upwards from the code that runs.
  const script = join(workspaceRoot(), 'node_modules/.cache', `${scratch.slice(-6)}.mjs`)
  await bundleProgram(join(import.meta.dirname, 'run-nodes.ts'), script)
  const started: RunningNodes[] = []
  return {
    folder,
    start: async () => {
      const nodes = await start([script, folder, JSON.stringify(spec)], tools['kubectl'] ?? '')
      started.push(nodes)
      return nodes
    },
    dispose: async () => {
      // Before its processes: it would start again what ends.
      for (const nodes of started) await nodes.crash()
      await removeNodes(folder)
      for (const path of [scratch, script]) await rm(path, { recursive: true, force: true })
    },
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function start(args: readonly string[], kubectl: string): Promise<RunningNodes> {
  const child = execa(process.execPath, args, { reject: false, all: true, buffer: false })
  let output = ''
  child.all.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = child.then(() => 'ended' as const)
  const deadline = AbortSignal.timeout(START_MS)
  while (!output.includes('kubeconfig ')) {
    const how = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))])
    if (how === 'ended' || deadline.aborted) {
      child.kill('SIGKILL')
      throw new Error(`nodes did not start:\n${output}`)
    }
  }
  const kubeconfig = /kubeconfig (.*)/.exec(output)?.[1] ?? ''
  return {
    kubectl: async (words, input = '') => {
      const options = { reject: false, input, timeout: START_MS } as const
      const { stdout, stderr } = await execa(kubectl, ['--kubeconfig', kubeconfig, ...words], options)
      return stdout === '' ? stderr : stdout
    },
    stop: async () => {
      child.kill('SIGTERM', undefined)
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
    },
    crash: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
