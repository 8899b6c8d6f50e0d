import { createClient, findContexts, openContext, readKubeconfig, type Kubeconfig } from '@opencore/cluster'
import type { ApiCatalogue } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, hubRef } from '@opencore/plan'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import type { Report } from '../output/run-steps.ts'
import type { Answers } from './check.ts'
import { clusterChecks } from './cluster/index.ts'
import { definitions } from './cluster/definitions.ts'
import { describeEncryption } from './describe-encryption.ts'
import { describeServer } from './describe-server.ts'
import { addressOf } from './hub/cluster-registered.ts'
import type { HubWanted } from './hub/hub-wanted.ts'
import { hubChecks } from './hub/index.ts'
import { describeRefs } from './hub/refs.ts'
import { planCluster } from './plan-cluster.ts'
import { planHub } from './plan-hub.ts'
import type { PreflightRequest } from './preflight-request.ts'
import { readEncryption } from './read-encryption.ts'
import { reachServer } from './reach-server.ts'
import { readRefs } from './read-refs.ts'
import { hidden, type PlacedRow, type Row } from './row.ts'
import { runChecks } from './run-checks.ts'

/**
 * Look at a hub, and at the cluster of each environment, as they are before anything of ours is there; nothing is written.
 * A cluster is asked through the context that reaches the address by which the hub knows it.
 */
export async function preflight(request: PreflightRequest, report: Report): Promise<PlacedRow[]> {
  const { platform, environments, context } = request
  const config = await readKubeconfig()
  const client = createClient(await openContext(config, context))
  try {
    const reached = await reachServer(client)
    const place = placeRows('hub')
    const server = place([describeServer(context, reached)])
    if ('found' in reached) return server
    report('asking the hub')
    const catalogue = await loadApiCatalogue(report)
    const { wanted, kinds } = await planHub(request, catalogue)
    const [own, defined, refs, encryption] = await Promise.all([
      runChecks(client, hubChecks, wanted),
      runChecks(client, [definitions], kinds),
      readRefs(wanted.git),
      readEncryption(client),
    ])
    const named = [
      ...new Map(
        environments.flatMap((environment) => {
          const { name } = environment.definition
          return [environmentRef(name), hubRef(environment)].map((ref) => [ref, { ref, environment: name }])
        }),
      ).values(),
    ]
    const rows = [
      ...server,
      ...place([
        describeEncryption(context, encryption),
        ...own.rows,
        ...defined.rows,
        ...describeRefs(platform.defaults.delivery.git, named, refs),
      ]),
    ]
    for (const environment of environments) {
      report(`asking the cluster of ${environment.definition.name}`)
      const found = findCluster(config, wanted, own.answers, environment.definition.name)
      rows.push(...(await lookAtCluster(request, { config, catalogue, environment, found }, report)))
    }
    return rows
  } finally {
    await client.close()
  }
}

const placeRows =
  (of: string) =>
  (rows: readonly Row[]): PlacedRow[] =>
    rows.map((row) => ({ of, ...row }))

/** The address that Argo CD uses for the cluster that it runs in itself. */
const OWN_CLUSTER = 'https://kubernetes.default.svc'

/** The context that reaches an environment's cluster, or the row that says why there is none. */
function findCluster(
  config: Kubeconfig,
  wanted: HubWanted,
  answers: Answers,
  environment: string,
): string | Row {
  const subject = {
    what: 'cluster',
    wanted: 'a context of the kubeconfig that reaches it',
    next: `# ${environment}: bring its context into your kubeconfig, e.g. aws eks update-kubeconfig --name ${environment}`,
  }
  const seen = addressOf(wanted, answers, environment)
  if ('hidden' in seen) return hidden(subject, seen.hidden)
  if (seen.value === undefined) return hidden(subject, 'the hub does not know it yet')
  if (seen.value === OWN_CLUSTER) return wanted.context
  const [context] = findContexts(config, seen.value)
  return context ?? hidden(subject, `no context reaches ${seen.value}`)
}

async function lookAtCluster(
  request: PreflightRequest,
  {
    config,
    catalogue,
    environment,
    found,
  }: { config: Kubeconfig; catalogue: ApiCatalogue; environment: PlatformEnvironment; found: string | Row },
  report: Report,
): Promise<PlacedRow[]> {
  const { name, kubernetesVersion } = environment.definition
  const place = placeRows(name)
  if (typeof found !== 'string') return place([found])
  const client = createClient(await openContext(config, found))
  try {
    const reached = await reachServer(client)
    const server = describeServer(found, reached, kubernetesVersion)
    if ('found' in reached) return place([server])
    const wanted = await planCluster(request.root, { context: found, environment, catalogue }, report)
    const encryption = describeEncryption(found, await readEncryption(client))
    return place([server, encryption, ...(await runChecks(client, clusterChecks, wanted)).rows])
  } finally {
    await client.close()
  }
}
