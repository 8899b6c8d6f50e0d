import type { Definition, KubernetesObject } from '@opencore/cluster'
import type { Environment } from '@opencore/model/define'
import { cloudNativePg, postgresImage } from '@opencore/nodes'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { setTimeout as sleep } from 'node:timers/promises'
import { applyAll } from '../../shared/apply-all.ts'
import { startRealCluster, type RealCluster } from '../../shared/real-cluster.ts'
import { renderLocalised, withApiServer } from '../../shared/render-localised.ts'
import { clientPod, type ClientPod } from './client-pod.ts'

const ENVIRONMENT = 'staging'
const CLUSTER = 'ledger-db'
export const NAMESPACE = 'banking-services'
export const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']
/** The one that owns the database, and one that has nothing to do with it. */
const SERVICES = ['ledger', 'cards']
const PATIENCE_MS = 600_000
const PAUSE_MS = 500

/** A database as its operator tells of it. */
export interface Cluster extends KubernetesObject {
  spec: { imageName: string }
  status?: { phase?: string; currentPrimary?: string; readyInstances?: number }
}

/** The book of record on real nodes, and what is done with it. */
export interface Stage extends Pick<RealCluster, 'kubectl' | 'powerCycle' | 'stop'> {
  readCluster: () => Promise<Cluster>
  /** Resolves when all instances are ready; throws with what the operator says when they do not become so. */
  awaitHealthy: () => Promise<void>
  /** Start a client, which logs in as the owner where it is in the database's namespace. */
  startClient: (pod: Pick<ClientPod, 'name' | 'service'> & Partial<ClientPod>) => Promise<void>
  /** What psql prints in a client, or why it failed. */
  sql: (client: string, statement: string, how?: { mode?: string; namespace?: string }) => Promise<string>
}

/**
 * Have the real CloudNativePG run the book of record of staging as `argocd/` has it, with a real PostgreSQL, and with the
 * namespaces, quotas, limits and policies of that environment, on a real node in each zone. What differs: where the API
 * server is, and that there is no archive. Of services only their accounts and policies are there: clients take their place.
 */
export async function openStage(report: (line: string) => void): Promise<Stage> {
  const operator = await cloudNativePg(report)
  const render = (api: RealCluster['api']) =>
    renderLocalised(ENVIRONMENT, ['foundation', CLUSTER, ...SERVICES], (definition) =>
      withoutArchive(withApiServer(definition, api)),
    )
  // Where the API server is, is known once it runs, and what it runs with before.
  const expected = await render({ host: '192.0.2.1', port: 6443 })
  const image = expected.find((object): object is Cluster => object.kind === 'Cluster')?.spec.imageName ?? ''
  const images = [operator.image, await postgresImage(image, report)]
  const definitions = await chooseDefinitions(expected, report)
  const real = await startRealCluster({ zones: ZONES, images, definitions }, report)
  try {
    await applyAll(real.client, operator.objects, PATIENCE_MS)
    await applyAll(real.client, (await render(real.api)).filter(isNeeded), PATIENCE_MS)
  } catch (error) {
    await real.stop()
    throw error
  }
  const cluster = { name: CLUSTER, namespace: NAMESPACE }
  const reference = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: cluster }
  const readCluster = async () => {
    const found = await real.client.get<Cluster>(reference)
    if (found === undefined) throw new Error(`${CLUSTER} is not there`)
    return found
  }
  return {
    kubectl: real.kubectl,
    powerCycle: real.powerCycle,
    stop: real.stop,
    readCluster,
    awaitHealthy: async () => {
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        const { status } = await readCluster()
        if (status?.phase === 'Cluster in healthy state' && status.readyInstances === ZONES.length) return
        if (Date.now() > deadline) throw new Error(`${CLUSTER} is not well: ${JSON.stringify(status)}`)
        await sleep(PAUSE_MS)
      }
    },
    startClient: (pod) =>
      applyAll(real.client, clientPod({ namespace: NAMESPACE, cluster, image, ...pod }), PATIENCE_MS),
    sql: (client, statement, { mode = 'verify-full', namespace = NAMESPACE } = {}) =>
      real.kubectl([
        ...['-n', namespace, 'exec', client, '--'],
        ...['/bin/sh', '-c', `PGSSLMODE=${mode} exec psql -qAt -c '${statement}'`],
      ]),
  }
}

/** Of services, who they are and whom they may reach. */
function isNeeded({ kind, metadata: { labels } }: KubernetesObject): boolean {
  const isOfService = SERVICES.includes(labels?.['app.kubernetes.io/instance'] ?? '')
  return !isOfService || ['NetworkPolicy', 'ServiceAccount'].includes(kind)
}

/** No backups, and no role of the cloud for them. */
function withoutArchive(definition: Environment): Environment {
  const { data, identity } = definition
  const roles = Object.entries(identity?.roles ?? {}).filter(([name]) => name !== CLUSTER)
  return {
    ...definition,
    ...(identity && { identity: { ...identity, roles: Object.fromEntries(roles) } }),
    data: { ...data, [CLUSTER]: { ...data?.[CLUSTER], backups: { enabled: false } } },
  }
}

/** The definitions of what is rendered; an operator brings those of its own group. */
async function chooseDefinitions(objects: readonly KubernetesObject[], report: (line: string) => void) {
  const kinds = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0] ?? ''}/${kind}`))
  const { crds } = await loadApiCatalogue(report)
  return crds
    .map(({ manifest }) => manifest as unknown as Definition)
    .filter(
      ({ spec: { group, names } }) => group !== 'postgresql.cnpg.io' && kinds.has(`${group}/${names.kind}`),
    )
}
