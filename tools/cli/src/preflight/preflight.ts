import { createClient, openContext, readKubeconfig, type Kubeconfig } from '@opencore/cluster'
import type { ApiCatalogue } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import type { Report } from '../output/run-steps.ts'
import { clusterChecks } from './cluster/index.ts'
import { definitions } from './cluster/definitions.ts'
import { describeEncryption } from './describe-encryption.ts'
import { describeServer } from './describe-server.ts'
import { clusterOf, findCluster, type FoundCluster } from './find-cluster.ts'
import { addressOf } from './hub/cluster-registered.ts'
import { hubChecks } from './hub/index.ts'
import { lookAtKeys } from './hub/key-validity.ts'
import { lookAtRefs } from './look-at-refs.ts'
import { planCluster } from './plan-cluster.ts'
import { planHub } from './plan-hub.ts'
import type { PreflightRequest } from './preflight-request.ts'
import { readEncryption } from './read-encryption.ts'
import { reachServer } from './reach-server.ts'
import { hidden, type PlacedRow, type Row } from './row.ts'
import { runChecks } from './run-checks.ts'

/**
 * Look at a hub, and at the cluster of each environment, as they are before anything of ours is there; nothing is written.
 * A cluster is asked through the context that reaches the address by which the hub knows it.
 */
export async function preflight(request: PreflightRequest, report: Report): Promise<PlacedRow[]> {
  const { environments, context } = request
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
      lookAtRefs(wanted.git, environments),
      readEncryption(client),
    ])
    const rows = [
      ...server,
      ...place([
        describeEncryption(context, encryption),
        ...own.rows,
        ...(await lookAtKeys(wanted, own.answers)),
        ...defined.rows,
        ...refs,
      ]),
    ]
    for (const environment of environments) {
      const { name } = environment.definition
      report(`asking the cluster of ${name}`)
      const found = findCluster(config, context, addressOf(wanted, own.answers, name))
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

async function lookAtCluster(
  request: PreflightRequest,
  {
    config,
    catalogue,
    environment,
    found,
  }: { config: Kubeconfig; catalogue: ApiCatalogue; environment: PlatformEnvironment; found: FoundCluster },
  report: Report,
): Promise<PlacedRow[]> {
  const { name, kubernetesVersion } = environment.definition
  const place = placeRows(name)
  if ('hidden' in found) return place([hidden(clusterOf(name), found.hidden)])
  const { context } = found
  const client = createClient(await openContext(config, context))
  try {
    const reached = await reachServer(client)
    const server = describeServer(context, reached, kubernetesVersion)
    if ('found' in reached) return place([server])
    const wanted = await planCluster(request.root, { context, environment, catalogue }, report)
    const encryption = describeEncryption(context, await readEncryption(client))
    return place([server, encryption, ...(await runChecks(client, clusterChecks, wanted)).rows])
  } finally {
    await client.close()
  }
}
