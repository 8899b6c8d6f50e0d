import { join } from 'node:path'
import { readHealthChecks } from '@opencore/cluster/health-checks'
import { PLATFORM_TOOLS, type PlatformSpec } from '@opencore/cluster'
import type { ApiCatalogue } from '@opencore/contract'
import { listClusterNamespaces, type PlatformEnvironment } from '@opencore/model'
import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import type { Report } from '../output/run-steps.ts'
import { nodesPerZone } from './nodes-per-zone.ts'

/** Build what the embedded platform is made of, and describe it for its supervisor; say which API definitions it lacks. */
export async function prepareSpec(
  root: string,
  environments: readonly PlatformEnvironment[],
  report: Report,
): Promise<{ spec: PlatformSpec; apis: Pick<ApiCatalogue, 'skipped'> }> {
  const tools = (await ensureTools(PLATFORM_TOOLS, report)) as PlatformSpec['tools']
  const [argocd, kwok, apis, healthChecks] = await Promise.all([
    moduleFolder('github.com/argoproj/argo-cd/v3'),
    moduleFolder('sigs.k8s.io/kwok'),
    loadApiCatalogue(report),
    readHealthChecks(),
  ])
  const spec: PlatformSpec = {
    tools,
    modules: { argocd, kwok },
    stages: join(root, 'tools', 'cluster', 'stages'),
    environments: environments.map(({ definition: { name, zones }, tier, platform }) => ({
      name,
      zones,
      nodesPerZone: nodesPerZone[tier.name],
      namespaces: listClusterNamespaces(platform),
    })),
    // Argo CD's own kinds live in the hub alone, which brings them itself.
    crds: apis.crds
      .filter(({ source }) => source !== 'argo-cd')
      .map(({ manifest }) => manifest as unknown as PlatformSpec['crds'][number]),
    healthChecks,
  }
  return { spec, apis }
}
