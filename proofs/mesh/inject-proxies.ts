import { ensureTools } from '@opencore/toolchain'
import {
  podOf,
  viewCluster,
  type EnvironmentInput,
  type KubernetesObject,
  type RenderedObject,
} from '@opencore/verify'
import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { listWorkloads } from '../shared/list-workloads.ts'
import { generateControlPlane } from './generate-control-plane.ts'
import { readDocuments } from './read-documents.ts'

/**
 * A pod of each workload of an environment that asks for a proxy, as istiod's webhook makes it: by Istio's own injector,
 * with the control plane of `control-plane.yaml`. The webhook changes pods, and no templates.
 * @param folder where it keeps what it reads
 * @param changes to that control plane, as `istioctl --set` takes them
 */
export async function injectMembers(
  input: EnvironmentInput,
  folder: string,
  changes: readonly string[] = [],
): Promise<RenderedObject[]> {
  const cluster = viewCluster(input)
  const owners = [...new Set(cluster.mesh.members.flatMap((member) => listWorkloads(cluster, member)))]
  const inject = await createInjector(folder, changes)
  const injected = await inject(owners.map(({ object }) => object))
  if (injected.length !== owners.length)
    throw new Error(`${injected.length} of ${owners.length} are injected`)
  return owners.map((owner, index) => ({ ...owner, object: makePod(injected[index] ?? owner.object) }))
}

function makePod(object: KubernetesObject): KubernetesObject {
  const pod = podOf({ object, release: '', environment: '' })
  const { name } = object.metadata
  const { namespace = '', labels = {}, annotations = {}, spec = {} } = pod ?? {}
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations }, spec }
}

async function createInjector(folder: string, changes: readonly string[]) {
  const { istioctl = '' } = await ensureTools(['istioctl'], console.error)
  const generated = await generateControlPlane(changes, console.error)
  const configuration = generated.filter(({ kind }) => kind === 'ConfigMap')
  const dataOf = (name: string) =>
    (configuration.find(({ metadata }) => metadata.name === name)?.['data'] ?? {}) as Record<string, string>
  const { config = '', values = '' } = dataOf('istio-sidecar-injector')
  const { mesh = '' } = dataOf('istio')
  const keep = async (name: string, text: string) => {
    const file = join(folder, name)
    await writeFile(file, text)
    return file
  }
  const files = [
    ...['--injectConfigFile', await keep('injection.yaml', config)],
    ...['--valuesFile', await keep('values.json', values)],
    ...['--meshConfigFile', await keep('mesh.yaml', mesh)],
  ]
  return async (workloads: readonly KubernetesObject[]) => {
    const input = await keep('workloads.yaml', workloads.map((object) => stringify(object)).join('---\n'))
    // Named, the revision is not looked up in a cluster. istiod itself asks its cluster's version; this one has 1.36.
    const args = ['kube-inject', '--revision', 'default', ...files, '-f', input]
    const env = { ENABLE_NATIVE_SIDECARS: 'true' }
    return readDocuments((await execa(istioctl, args, { env, timeout: 60_000 })).stdout)
  }
}
