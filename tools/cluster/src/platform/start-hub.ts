import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { playWebhook } from '../argocd/play-webhook.ts'
import { layOutArgocd } from '../argocd/argocd-folder.ts'
import { ARGOCD_NAMESPACE, argocdObjects } from '../argocd/argocd-objects.ts'
import { argocdProcesses } from '../argocd/argocd-processes.ts'
import { redis } from '../argocd/redis.ts'
import { HUB_CONTROLLERS, controllerManager } from '../control-plane/controller-manager.ts'
import { applyDefinitions, type Definition } from '../kubernetes/apply-definitions.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { PlatformContext } from './platform-context.ts'
import { FIELD_MANAGER } from './platform-context.ts'
import { startApiServer } from './start-api-server.ts'

/** The name that no environment may have: the hub's API server, its prefix in etcd and its kubeconfig. */
export const HUB = 'hub'

/** Pushes are announced to Argo CD; what else it finds by looking may wait, since looking costs half a core at 6 s. */
const RECONCILIATION = '30s'

/** A hub that takes Applications, and its Argo CD, which may still be on its way. */
export interface StartedHub {
  client: KubernetesClient
  argocdReady: Promise<void>
}

/** Start the hub: an API server with Argo CD's definitions and configuration, then Argo CD itself. */
export async function startHub(context: PlatformContext): Promise<StartedHub> {
  const { layout, spec, ports, certificates, processes, journal } = context
  const { client, kubeconfigs } = await startApiServer(context, {
    name: HUB,
    port: ports.shared.hub,
    namespace: ARGOCD_NAMESPACE,
  })
  await applyDefinitions(client, await readDefinitions(spec.modules.argocd), FIELD_MANAGER)
  for (const object of argocdObjects(spec.healthChecks))
    await client.apply(object, { fieldManager: FIELD_MANAGER })
  journal.tell('the hub has Argo CD’s definitions')
  const folder = await layOutArgocd(layout.argocd, {
    argocd: spec.tools.argocd,
    module: spec.modules.argocd,
    ...(existsSync(layout.publicKeys) && { publicKeys: layout.publicKeys }),
  })
  const started = [
    redis({ command: spec.tools['redis-server'], port: ports.shared.redis }),
    ...argocdProcesses({
      folder,
      kubeconfig: kubeconfigs.admin,
      ports: ports.shared,
      reconciliation: RECONCILIATION,
    }),
    controllerManager({
      command: spec.tools['kube-controller-manager'],
      name: HUB,
      kubeconfig: kubeconfigs['kube-controller-manager'],
      certificates,
      controllers: HUB_CONTROLLERS,
    }),
  ].map((process) => processes.start('client', process))
  processes.beforeStop(playWebhook({ folder: layout.repository }, client))
  const argocdReady = Promise.all(started).then(() => {
    journal.tell('Argo CD is ready')
  })
  return { client, argocdReady }
}

async function readDefinitions(module: string): Promise<Definition[]> {
  const folder = join(module, 'manifests/crds')
  const names = (await readdir(folder)).filter((name) => name.endsWith('-crd.yaml')).sort()
  return Promise.all(
    names.map(async (name) => parse(await readFile(join(folder, name), 'utf8')) as Definition),
  )
}
