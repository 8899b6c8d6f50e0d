import { createJudge, type Definition, type Judge } from '@opencore/cluster'
import { failure, success, type Finding, type Result } from '@opencore/contract'
import type { Platform } from '@opencore/model'
import { planPlatform } from '@opencore/plan'
import { ensureTools, loadApiCatalogue } from '@opencore/toolchain'
import { join } from 'node:path'
import { compareFiles } from '../files/compare-files.ts'
import { describeStale } from '../files/report-changes.ts'
import { Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { renderFailed } from '../render/render-failed.ts'
import { renderReleases } from '../render/index.ts'
import { listGenerated } from '../workspace/list-generated.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { readCharts } from '../workspace/read-charts.ts'
import { verifyAll } from './verify-all.ts'
import type { RenderSource, VerifyResult } from './verify-options.ts'

export interface VerifyRequest {
  /** Absolute path of the checkout. */
  root: string
  /** Names; all when there are none. */
  environments: readonly string[] | undefined
  /** Names; all when there are none. With charts alone no environment is verified. */
  charts: readonly string[] | undefined
}

/** Build what the ladder needs, climb it, and let everything go again but the judge's servers. */
export async function runVerify(request: VerifyRequest, report: Report): Promise<VerifyResult> {
  const { root } = request
  const [tools, catalogue, charts] = await Promise.all([
    ensureTools(['etcd', 'kube-apiserver', 'helm', 'ct', 'helm-unittest'], report),
    loadApiCatalogue(report),
    readCharts(root),
  ])
  const {
    etcd = '',
    'kube-apiserver': apiServer = '',
    helm = '',
    ct = '',
    'helm-unittest': unittest = '',
  } = tools
  const platform = await loadPlatform(root)
  const onlyCharts = request.charts !== undefined && request.environments === undefined
  const definitions = catalogue.crds.map(({ manifest }) => manifest as unknown as Definition)
  const judge: Judge = createJudge({ tools: { etcd, apiServer }, definitions, report })
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
            ),
        charts: findNamed(charts, request.charts, ({ name }) => name, 'chart'),
        catalogue,
        judge,
        tools: { helm, ct, 'helm-unittest': unittest },
        steps: {
          schemas: () => findStale(root, platform),
          guard: () => Promise.resolve([]),
          render: (sources) => renderSources(root, sources, report),
        },
      },
      report,
    )
  } finally {
    await judge.close()
  }
}

/** Values were checked when the platform was loaded; what is left is whether the tree says the same. */
async function findStale(root: string, platform: Platform): Promise<Finding[]> {
  const planned = planPlatform(platform)
  if (!planned.ok) throw new Refusal(planned.findings)
  return describeStale(
    await compareFiles(root, planned.value, await listGenerated(root)),
    'opencore generate',
  )
}

async function renderSources(
  root: string,
  sources: readonly RenderSource[],
  report: Report,
): Promise<Result<unknown[]>[]> {
  const requests = sources.map(({ application, chart, release, namespace, values, kubeVersion }) => ({
    id: application,
    chart: join(root, 'charts', chart),
    release,
    namespace,
    values,
    kubeVersion,
  }))
  const results: Result<unknown[]>[] = []
  for await (const { error, objects } of renderReleases(requests, report)) {
    const file = sources[results.length]?.valuesFile ?? ''
    results.push(error === undefined ? success(objects) : failure([renderFailed(file, error)]))
  }
  return results
}
