import { workspaceRoot } from '@opencore/toolchain'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { $, path } from 'zx'
import { parse, stringify } from 'yaml'

/** A tree with nothing but releases of charts/service, in the form that each of the tools under test reads. */
export interface BenchTree {
  folder: string
  /** Absolute path of the chart with its dependencies vendored, for tools that want that. */
  vendoredChart: string
  releases: { name: string; values: string }[]
  /** JSON lines for `renderer bench`. */
  requests: string
}

const ENVIRONMENT = 'prod-eu-west-1'
const NAMESPACE = 'bench'
const KUBE_VERSION = '1.36.3'

/**
 * Write a tree of `count` releases: the final values of the production environment's services in turn, under
 * `<service>-<number>`. The folder is replaced.
 */
export async function prepareTree(folder: string, count: number, helm: string): Promise<BenchTree> {
  const root = workspaceRoot()
  await rm(folder, { recursive: true, force: true })
  await cp(path.join(root, 'charts'), path.join(folder, 'charts'), { recursive: true })
  await cp(path.join(root, 'charts'), path.join(folder, 'vendored'), { recursive: true })
  for (const name of ['environments', 'argocd/bench/values'])
    await mkdir(path.join(folder, name), { recursive: true })
  const vendoredChart = path.join(folder, 'vendored', 'service')
  await $({ quiet: true })`${helm} dependency build ${vendoredChart}`
  const samples = await readSamples(path.join(root, 'argocd', ENVIRONMENT))
  const releases = Array.from({ length: count }, (_, index) => {
    const { name, text } = samples[index % samples.length] ?? { name: '', text: '' }
    return {
      name: `${name}-${index}`,
      values: path.join(folder, `argocd/bench/values/${name}-${index}.yaml`),
      text,
    }
  })
  for (const { values, text } of releases) await writeFile(values, text)
  await writeFile(
    path.join(folder, 'argocd/bench/releases.yaml'),
    stringify({
      environment: 'bench',
      hub: 'bench',
      kubernetesVersion: KUBE_VERSION,
      deletion: 'prune',
      releases: releases.map(({ name }) => ({
        release: name,
        chart: 'service',
        purpose: 'services',
        namespace: NAMESPACE,
      })),
    }),
  )
  await writeFile(
    path.join(folder, 'helmfile.yaml'),
    stringify({
      kubeVersion: KUBE_VERSION,
      releases: releases.map(({ name, values }) => ({
        name,
        namespace: NAMESPACE,
        chart: vendoredChart,
        values: [values],
      })),
    }),
  )
  const requests = path.join(folder, 'requests.jsonl')
  const chart = path.join(folder, 'charts/service')
  const common = { chart, digest: '', namespace: NAMESPACE, kubeVersion: KUBE_VERSION }
  const lines = releases.map(({ name, text }, id) =>
    JSON.stringify({ id, release: name, values: text, ...common }),
  )
  await writeFile(requests, `${lines.join('\n')}\n`)
  return { folder, vendoredChart, releases, requests }
}

/** What `helm template` is told about each release, beside its name, chart and values file. */
export const helmFlags = ['--namespace', NAMESPACE, '--kube-version', KUBE_VERSION, '--skip-tests']

async function readSamples(folder: string): Promise<{ name: string; text: string }[]> {
  const { releases } = parse(await readFile(path.join(folder, 'releases.yaml'), 'utf8')) as {
    releases: { release: string; purpose: string }[]
  }
  const services = releases.filter(({ purpose }) => purpose === 'services')
  return await Promise.all(
    services.map(async ({ release: name }) => ({
      name,
      text: await readFile(path.join(folder, `values/${name}.yaml`), 'utf8'),
    })),
  )
}
