import {
  applyDefinitions,
  startReady,
  stopProcesses,
  writeKubeconfig,
  type Definition,
} from '@opencore/cluster'
import { freePort, makeIssuer } from '@opencore/servers'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { join } from 'node:path'
import { startApiServer, type Server } from '../shared/start-api-server.ts'

const groups = new Set(['cert-manager.io', 'trust.cert-manager.io', 'monitoring.coreos.com'])

/** An API server with the real cert-manager and the real trust-manager at work, whose Secrets are in `namespace`. */
export async function startOperators(namespace: string, report: (line: string) => void): Promise<Server> {
  const tools = await ensureTools(['cert-manager', 'trust-manager'], report)
  const server = await startApiServer('certificates', report)
  const { crds } = await loadApiCatalogue(report)
  const definitions = crds.map(({ manifest }) => manifest as unknown as Definition)
  await applyDefinitions(
    server.client,
    definitions.filter(({ spec }) => groups.has(spec.group)),
    'proofs',
  )
  await server.client.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { fieldManager: 'proofs' },
  )
  const kubeconfig = join(server.folder, 'kubeconfig')
  await writeKubeconfig(kubeconfig, { name: 'certificates', connection: server.connection })
  // Its webhook is served, and nobody is told to ask it.
  const webhook = join(server.folder, 'webhook')
  await (await makeIssuer()).write(webhook, ['localhost'])
  const place = { logs: join(server.folder, 'logs'), marker: server.folder }
  const readyPort = await freePort()
  const running = [
    await startReady(
      {
        name: 'cert-manager',
        command: tools['cert-manager'] ?? '',
        args: ['--kubeconfig', kubeconfig, '--cluster-resource-namespace', namespace],
        ready: () => Promise.resolve(true),
      },
      place,
    ),
    await startReady(
      {
        name: 'trust-manager',
        command: tools['trust-manager'] ?? '',
        args: [
          ...['--kubeconfig', kubeconfig, '--trust-namespace', namespace, '--leader-elect=false'],
          ...['--webhook-host', '127.0.0.1', '--webhook-port', String(await freePort())],
          ...['--webhook-certificate-dir', webhook, '--metrics-port', '0'],
          ...['--readiness-probe-port', String(readyPort)],
        ],
        ready: async () => (await fetch(`http://127.0.0.1:${readyPort}/readyz`)).ok,
      },
      place,
    ),
  ]
  return {
    ...server,
    stop: async () => {
      await stopProcesses(running)
      await server.stop()
    },
  }
}
