import { createJudge, judgeFolder, type Definition, type Judge } from '@opencore/cluster'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { compareFiles } from '../files/compare-files.ts'
import { describeStale } from '../files/report-changes.ts'
import { planTree } from '../generate/plan-tree.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { listGenerated } from '../workspace/list-generated.ts'
import { nameOwnCode } from '../workspace/own-code.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { openBase } from '../workspace/open-base.ts'
import { readReleases } from '@opencore/renderer'
import { readCharts } from '@opencore/charts'
import { checkVersions } from './check-versions.ts'
import type { Base } from './base.ts'
import { verifyAll } from './verify-all.ts'
import type { VerifyResult } from './verify-options.ts'

export interface VerifyRequest {
  /** Absolute path of the checkout. */
  root: string
  /** Names; all when there are none. */
  environments: readonly string[] | undefined
  /** Names; all when there are none. With charts alone no environment is verified. */
  charts: readonly string[] | undefined
  /** Branch (`origin/main`) since which a changed chart must have a higher version. */
  since: string | undefined
}

/** Build what the ladder needs, climb it, and let everything go again but the judge's servers. */
export async function runVerify(request: VerifyRequest, report: Report): Promise<VerifyResult> {
  const { root } = request
  const [tools, catalogue, charts] = await Promise.all([
    ensureTools(['etcd', 'kube-apiserver', 'helm', 'ct', 'helm-unittest', 'renderer'], report),
    loadApiCatalogue(report),
    readCharts(root),
  ])
  const {
    etcd = '',
    'kube-apiserver': apiServer = '',
    helm = '',
    ct = '',
    'helm-unittest': unittest = '',
    renderer = '',
  } = tools
  const onlyCharts = request.charts !== undefined && request.environments === undefined
  const [platform, base] = await Promise.all([loadPlatform(root), onlyCharts ? undefined : readBase(root)])
  const tree = await planTree(root, platform)
  const definitions = catalogue.crds.map(({ manifest }) => manifest as unknown as Definition)
  const judge: Judge = createJudge({
    tools: { etcd, apiServer },
    definitions,
    report,
    folder: judgeFolder(root),
  })
  try {
    return await verifyAll(
      root,
      {
        environments: onlyCharts
          ? []
          : findNamed(
              platform.environments,
              request.environments,
              ({ definition }) => definition.name,
              'environment',
              '--environment',
            ),
        platform,
        base,
        approved: tree.approved,
        charts: findNamed(charts, request.charts, ({ name }) => name, 'chart', '--chart'),
        catalogue,
        judge,
        tools: { helm, 'helm-unittest': unittest, renderer },
        code: nameOwnCode(import.meta.url),
        steps: {
          // Values were checked when the platform was loaded; what is left is whether the tree says the same.
          schemas: async () =>
            describeStale(compareFiles(root, tree.files, await listGenerated(root)), 'opencore generate'),
          guard: async () => {
            if (request.since === undefined) return tree.guard
            return [...tree.guard, ...(await checkVersions(root, charts, request.since, { ct, helm }))]
          },
        },
      },
      report,
    )
  } finally {
    await judge.close()
  }
}

/** What the merge base delivers; nothing where that is the same, or cannot be read: then it is not ours. */
async function readBase(root: string): Promise<Base | undefined> {
  const folder = await openBase(root)
  const releases = folder === undefined ? undefined : readReleases(folder)
  return folder === undefined || !releases?.ok ? undefined : { root: folder, releases: releases.value }
}
