import { layOut, type KubernetesObject } from '@opencore/cluster'
import { FindingsError } from '@opencore/contract/findings'
import { execa } from 'execa'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { renderReleases } from '@opencore/renderer'
import { readArgocd } from '../verify/read-argocd.ts'
import { extractTree } from '../workspace/extract-tree.ts'
import { chartsFolder } from './prepare-spec.ts'

/** What git says that an Application of the embedded platform has. */
export interface DesiredApplication {
  application: string
  /** On the hub, or in the environment's own cluster. */
  isOnHub: boolean
  /** Of objects that name none. */
  namespace: string
  /** Nothing where the release does not render: Argo CD says so too. */
  objects: readonly KubernetesObject[] | undefined
}

/**
 * The Applications of one environment as the head of its ref has them, rendered from the charts that the platform
 * serves. Throws a FindingsError where the tree is none of ours.
 */
export async function readDesired(folder: string, environment: string): Promise<DesiredApplication[]> {
  const { data, repository } = layOut(folder)
  const ref = `refs/heads/env/${environment}`
  const { stdout: commit } = await execa('git', ['--git-dir', repository, 'rev-parse', ref])
  const tree = await extractTree(join(data, 'desired', environment), {
    repository,
    commit,
    paths: [`argocd/${environment}`],
  })
  const read = await readArgocd(tree, environment)
  if (!read.ok) throw new FindingsError(read.findings)
  const { sources, objects } = read.value
  const requests = await Promise.all(
    sources.map(async ({ application, chart, version, release, namespace, kubeVersion, valuesFile }) => ({
      id: application,
      chart: await unpackChart(folder, chart, version),
      release,
      namespace,
      kubeVersion,
      values: await readFile(join(tree, valuesFile), 'utf8'),
    })),
  )
  const namespaces = new Map(sources.map(({ application, namespace }) => [application, namespace]))
  const desired: DesiredApplication[] = [
    {
      application: `${environment}-bootstrap`,
      isOnHub: true,
      namespace: 'argocd',
      objects: objects
        .filter(({ file = '' }) => /\/(applicationsets|projects)\/[^/]+$/.test(file))
        .map(({ object }) => object as KubernetesObject),
    },
  ]
  for await (const { id, objects: rendered } of renderReleases(requests, () => undefined))
    desired.push({
      application: id,
      isOnHub: false,
      namespace: namespaces.get(id) ?? '',
      objects: rendered as KubernetesObject[] | undefined,
    })
  return desired
}

/**
 * A chart as the platform's repository serves it; its versions change with its content. Environments are read side by
 * side: it is unpacked beside its place and appears there whole.
 */
async function unpackChart(folder: string, chart: string, version: string): Promise<string> {
  const { data } = layOut(folder)
  const unpacked = join(data, 'unpacked', `${chart}-${version}`)
  if (!existsSync(unpacked)) {
    await mkdir(join(data, 'unpacked'), { recursive: true })
    const beside = await mkdtemp(`${unpacked}.`)
    await execa('tar', ['-xzf', join(chartsFolder(folder), `${chart}-${version}.tgz`), '-C', beside])
    // Whoever was first has the same: what a rename cannot replace is left out.
    await rename(beside, unpacked).catch(() => rm(beside, { recursive: true }))
  }
  return join(unpacked, chart)
}
