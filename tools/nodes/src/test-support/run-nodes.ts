import type { PlatformSpec } from '@opencore/cluster'
import { startCluster } from '@opencore/cluster'
import { openNodes } from '../open-nodes.ts'
import { removeNodes } from '../remove-nodes.ts'

/** A process of its own that a test can kill: starts a cluster with real nodes in a folder, and stops it when told. */
const [folder = '', specification = ''] = process.argv.slice(2)
const spec = JSON.parse(specification) as PlatformSpec
const say = (line: string) => {
  process.stdout.write(`${line}\n`)
}
const [environment] = spec.environments
const real = await openNodes(folder, environment?.zones ?? [], say)
try {
  const cluster = await startCluster(folder, spec, environment?.name ?? '', real)
  process.once('SIGTERM', () => {
    void cluster
      .stop()
      .then(() => removeNodes(folder))
      .finally(() => process.exit())
  })
  say(`kubeconfig ${cluster.kubeconfig}`)
  setInterval(() => undefined, 60_000)
} catch (error) {
  say(error instanceof Error && 'findings' in error ? JSON.stringify(error.findings) : String(error))
  await removeNodes(folder)
  process.exitCode = 1
}
