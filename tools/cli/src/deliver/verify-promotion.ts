import { createJudge, judgeFolder, type Definition } from '@opencore/cluster'
import type { Finding } from '@opencore/contract'
import type { DeliveredEnvironment, EnvironmentUpdate, RenderedRelease } from '@opencore/delivery'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { readProjects } from '@opencore/verify'
import type { Report } from '../output/run-steps.ts'
import { readArgocd } from '../verify/read-argocd.ts'
import type { Promotion } from './promotion.ts'
import { verifyDelivery } from './verify-delivery.ts'

/** What a promotion changes. */
export interface ComingUpdate {
  update: EnvironmentUpdate
  rendered: readonly RenderedRelease[]
  report: Report
}

/** Verify what will be on an environment's ref after a promotion: what it brings, and what stays. */
export async function verifyPromotion(
  { root, environment }: Promotion,
  before: DeliveredEnvironment,
  { update, rendered, report }: ComingUpdate,
): Promise<Finding[]> {
  const [{ etcd = '', 'kube-apiserver': apiServer = '' }, catalogue, argocd] = await Promise.all([
    ensureTools(['etcd', 'kube-apiserver'], report),
    loadApiCatalogue(report),
    readArgocd(root, environment.definition.name),
  ])
  if (!argocd.ok) return argocd.findings
  const coming = new Map(rendered.map((release) => [release.release, release]))
  const running = new Map(before.releases.map((release) => [release.name, release]))
  const names = [...new Set([...running.keys(), ...coming.keys()])].filter(
    (name) => !update.removed.includes(name),
  )
  const releases = names.map((name) => {
    const old = running.get(name)
    const now = coming.get(name)
    return {
      name,
      namespace: now?.namespace ?? old?.record?.namespace ?? '',
      manifests: now?.manifests ?? old?.manifests ?? '',
      ...(old && { running: old.manifests }),
    }
  })
  const definitions = catalogue.crds.map(({ manifest }) => manifest as unknown as Definition)
  const judge = createJudge({ tools: { etcd, apiServer }, definitions, report, folder: judgeFolder(root) })
  const projects = readProjects(argocd.value.objects, argocd.value.sources)
  try {
    return await verifyDelivery({ environment, releases, projects, judge, catalogue })
  } finally {
    await judge.close()
  }
}
