import { clusterSecret } from '../argocd/cluster-secret.ts'
import { adminConnection } from '../control-plane/api-server.ts'
import { ENVIRONMENT_CONTROLLERS, controllerManager } from '../control-plane/controller-manager.ts'
import { kwok } from '../control-plane/kwok.ts'
import { scheduler } from '../control-plane/scheduler.ts'
import { applyDefinitions, type Definition } from '../kubernetes/apply-definitions.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { listOperated } from '../simulation/list-operated.ts'
import { listStages } from '../simulation/list-stages.ts'
import { simulateNodes } from '../simulation/simulate-nodes.ts'
import { playAutoscalers } from '../simulation/operators/play-autoscalers.ts'
import { simulateOperators } from '../simulation/operators/simulate-operators.ts'
import { actUntilStopped } from '../kubernetes/act-until-stopped.ts'
import { provisionVolumes } from '../storage/provision-volumes.ts'
import type { PlatformContext } from './platform-context.ts'
import { FIELD_MANAGER } from './platform-context.ts'
import type { EnvironmentSpec, RealSpec } from './platform-spec.ts'
import type { NodeWorld, RealNodes } from './real-nodes.ts'
import { installOperators } from './install-operators.ts'
import { startApiServer } from './start-api-server.ts'
import type { StartedHub } from './start-hub.ts'

/**
 * Start one environment: an API server with its controllers and scheduler, nodes in each zone (simulated, or those given),
 * and its registration in Argo CD where there is a hub. Returns when its nodes are ready.
 */
export async function startEnvironment(
  context: PlatformContext,
  { name, zones, nodesPerZone, namespaces = [], kinds, real: given }: EnvironmentSpec,
  { hub, real }: { hub?: Promise<StartedHub>; real?: RealNodes | undefined } = {},
): Promise<void> {
  const { spec, ports, certificates, processes, journal } = context
  const port = ports.environments[name]
  if (port === undefined) throw new Error(`no port is recorded for ${name}`)
  const { client, kubeconfigs } = await startApiServer(context, {
    name: `env-${name}`,
    port,
    host: real?.host,
  })
  const connection = adminConnection(port, certificates, real?.host)
  try {
    const controllers = processes.start(
      'client',
      controllerManager({
        command: spec.tools['kube-controller-manager'],
        name,
        kubeconfig: kubeconfigs['kube-controller-manager'],
        certificates,
        controllers: ENVIRONMENT_CONTROLLERS,
      }),
    )
    const operated = listOperated(given ?? { operators: [] })
    await applyDefinitions(client, chooseDefinitions(spec.crds, { kinds, operated }), FIELD_MANAGER)
    const nodes = real ? [] : zones.flatMap((zone) => simulateNodes(zone, nodesPerZone))
    const brought = namespaces.map((namespace) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    }))
    await Promise.all(
      [...nodes, ...brought].map((object) => client.apply(object, { fieldManager: FIELD_MANAGER })),
    )
    const play = async (own?: RealSpec) => {
      const stages = await listServedStages(spec, client, own && operated)
      if (stages.length === 0) return
      const { kwok: command } = spec.tools
      const common = { command, name, kubeconfig: kubeconfigs.admin, stages }
      await processes.start('client', kwok({ ...common, ...(own === undefined && { client }) }))
    }
    const installed = given ? installOperators(client, given.operators) : Promise.resolve()
    await Promise.all([
      controllers,
      installed,
      processes.start(
        'client',
        scheduler({ command: spec.tools['kube-scheduler'], name, kubeconfig: kubeconfigs['kube-scheduler'] }),
      ),
      ...(real ? [startNodes(context, real, { client, server: connection.server })] : []),
      ...(real === undefined || given ? [play(given)] : []),
      // Not before the definitions are served, so that Argo CD learns every kind at its first look.
      hub?.then(async (started) => {
        await installed
        await started.client.apply(clusterSecret(name, connection), {
          fieldManager: FIELD_MANAGER,
        })
      }),
    ])
  } finally {
    await client.close()
  }
  processes.beforeStop(
    real
      ? actUntilStopped(connection, [
          ...(given ? [playAutoscalers] : []),
          (each, signal) => provisionVolumes(each, real.storage, signal),
        ])
      : simulateOperators(connection),
  )
  const count = real?.names.length ?? zones.length * nodesPerZone
  journal.tell(`${name} has ${count} ${real ? 'real nodes' : 'nodes'} in ${zones.length} zones`)
}

async function startNodes(
  { layout, certificates, processes }: PlatformContext,
  real: RealNodes,
  reached: Pick<NodeWorld, 'client' | 'server'>,
): Promise<void> {
  const nodes = await real.list({ layout, certificates, ...reached })
  await Promise.all(nodes.map((node) => processes.start('client', node)))
}

/** Those that releases need; an operator brings those of its own kinds. */
function chooseDefinitions(
  definitions: readonly Definition[],
  { kinds, operated }: { kinds: readonly string[] | undefined; operated: ReadonlySet<string> },
) {
  return definitions.filter(({ spec: { group, names } }) => {
    const kind = `${group}/${names.kind}`
    return !operated.has(kind) && (kinds?.includes(kind) ?? true)
  })
}

/** The files of those stages whose kind this API server has: kwok ends at once for any other. */
async function listServedStages(
  spec: PlatformContext['spec'],
  client: KubernetesClient,
  operated?: ReadonlySet<string>,
): Promise<string[]> {
  const stages = await listStages({ kwok: spec.modules.kwok, stages: spec.stages, operated })
  const served = await Promise.all(stages.map((stage) => client.serves(stage)))
  return stages.filter((_, index) => served[index]).map(({ file }) => file)
}
