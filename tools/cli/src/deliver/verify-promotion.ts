import {
  createJudge,
  judgeFolder,
  type Definition,
  type KubernetesObject,
  type UpdateVerdict,
} from '@opencore/cluster'
import type { Finding } from '@opencore/contract'
import type { DeliveredEnvironment, EnvironmentUpdate, RenderedRelease } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { readApprovedChanges } from '@opencore/plan'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { readProjects } from '@opencore/verify'
import { isDeepStrictEqual } from 'node:util'
import type { Report } from '../output/run-steps.ts'
import { selectReleases } from '../releases/select-releases.ts'
import { readApprovals } from '../generate/read-approvals.ts'
import { readArgocd } from '../verify/read-argocd.ts'
import { bringPartners } from './bring-partners.ts'
import type { ComingRelease } from './coming-release.ts'
import { explainHubBehind, readHubProjects } from './hub-projects.ts'
import { judgeByHand } from './judge-by-hand.ts'
import type { Promotion } from './promotion.ts'
import { releaseDrifts } from './release-drifts.ts'
import { renderAbsent } from './render-absent.ts'
import { spareStaying } from './spare-staying.ts'
import { verifyDelivery } from './verify-delivery.ts'

/** What a promotion changes. */
export interface ComingUpdate {
  update: EnvironmentUpdate
  /** What the hub's ref has of the environment, where it stays as it is. */
  hub?: ReadonlyMap<string, string> | undefined
  rendered: readonly RenderedRelease[]
  report: Report
}

/**
 * Verify what will be on an environment's ref after a promotion: what it brings, and what stays. What stays and is not what
 * its record says was pushed by hand: nobody signs it by promoting something else (RELEASE_DRIFTS).
 */
export async function verifyPromotion(
  { root, environment, from, releases }: Promotion,
  before: DeliveredEnvironment,
  { update, hub, rendered, report }: ComingUpdate,
): Promise<Finding[]> {
  const brought = new Set(rendered.map(({ release }) => release))
  const staying = before.releases.filter(({ name }) => !brought.has(name) && !update.removed.includes(name))
  const drifting = staying.filter(({ drift }) => drift !== undefined)
  if (drifting.length > 0)
    return drifting.map(({ name, drift = '' }) => releaseDrifts(environment, name, drift))
  const coming = rendered.map(({ release, ...rest }) => ({ ...rest, name: release }))
  const all = [...staying, ...coming]
  const isSparing = releases !== undefined
  const findings = await verifyResult(
    { root, sources: root, environment, before, coming: all, isSparing, hub },
    report,
  )
  const names = { promoted: update.changed, staying: staying.map(({ name }) => name) }
  return bringPartners({ root, environment, from, ...names }, findings, report)
}

export interface Result {
  root: string
  /** Where `argocd/` and `charts/` are that say what may come later, and what Argo CD lets it sync. */
  sources: string
  environment: PlatformEnvironment
  before: DeliveredEnvironment
  /** Every release that will be there. */
  coming: readonly {
    name: string
    manifests: string
    values: string
    namespace?: string
    record?: { namespace: string }
  }[]
  /** Whether what is wrong already with what stays as it is is only warned of. */
  isSparing: boolean
  /** What the hub's ref has of the environment, where it stays as it is: Argo CD asks that, and not the sources. */
  hub?: ReadonlyMap<string, string> | undefined
}

/** Verify an environment as it will be, whatever its releases come from. */
export async function verifyResult(
  { root, sources, environment, before, coming, isSparing, hub }: Result,
  report: Report,
): Promise<Finding[]> {
  const [{ etcd = '', 'kube-apiserver': apiServer = '' }, catalogue, argocd] = await Promise.all([
    ensureTools(['etcd', 'kube-apiserver'], report),
    loadApiCatalogue(report),
    readArgocd(sources, environment.definition.name),
  ])
  if (!argocd.ok) return argocd.findings
  const approved = readApprovedChanges(await readApprovals(root))
  if (!approved.ok) return approved.findings
  const running = new Map(before.releases.map((release) => [release.name, release]))
  const definitions = catalogue.crds.map(({ manifest }) => manifest as unknown as Definition)
  const judge = createJudge({ tools: { etcd, apiServer }, definitions, report, folder: judgeFolder(root) })
  const releases = coming.map(({ name, manifests, values, namespace, record }) => {
    const old = running.get(name)
    const known = environment.releases.find((release) => release.name === name)
    const named = `${environment.definition.name}/${name}`
    const own = approved.value.filter(({ release }) => release === named)
    return {
      name,
      namespace: namespace ?? record?.namespace ?? '',
      manifests,
      values,
      ...(old && { running: old.manifests }),
      ...(old &&
        known &&
        own.length > 0 && {
          isByHand: (verdict: UpdateVerdict, objects: readonly KubernetesObject[]) => {
            const [release] = selectReleases(root, [environment.definition.name], `release=${name}`)
            if (!release) return Promise.resolve(false)
            const { defaults } = known.chart.contract
            const texts = [old.values, values] as const
            const request = { root, release, texts, defaults, approved: own, judge, catalogue, report }
            return judgeByHand(request, verdict, objects)
          },
        }),
    }
  })
  const own = readProjects(argocd.value.objects, argocd.value.sources)
  const projects = (hub && readHubProjects(hub, argocd.value.sources)) ?? own
  const explain = (findings: readonly Finding[]) =>
    isDeepStrictEqual(projects, own) ? [...findings] : explainHubBehind(environment, findings)
  const there = new Set(coming.map(({ name }) => name))
  const absent = await renderAbsent(sources, environment.definition.name, there, report)
  const means = { environment, projects, judge, catalogue }
  try {
    const findings = await verifyDelivery({ ...means, releases, absent })
    if (!isSparing) return explain(findings)
    const isAsBefore = ({ name, manifests, values }: ComingRelease) =>
      running.get(name)?.manifests === manifests && running.get(name)?.values === values
    const names = releases.filter(isAsBefore).map(({ name }) => name)
    const spared = await spareStaying({ environment, names }, findings, () => {
      report(`${environment.definition.name}: verifying what is there, for what is wrong already`)
      const old = before.releases.map(({ name, record, manifests, values }) => {
        return { name, namespace: record?.namespace ?? '', manifests, values }
      })
      const fresh = releases.filter(({ name }) => !running.has(name))
      return verifyDelivery({ ...means, releases: old, absent: [...absent, ...fresh] })
    })
    return explain(spared)
  } finally {
    await judge.close()
  }
}
