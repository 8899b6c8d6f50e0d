import type { KubernetesObject } from '@opencore/cluster'
import { isObject } from '@opencore/contract'
import { ensureTools, moduleFolder, moduleVersion, type Report } from '@opencore/toolchain'
import { readFile } from 'node:fs/promises'
import { arch } from 'node:process'
import { join } from 'node:path'
import type { ImageSpec } from '@opencore/images'
import { readManifest } from './read-manifest.ts'

const MODULE = 'github.com/cloudnative-pg/cloudnative-pg'

/** A real operator: what a cluster is given so that it runs, and the images that its pods ask for. */
export interface RealOperator {
  images: ImageSpec[]
  objects: KubernetesObject[]
}

/**
 * CloudNativePG as it is installed by its own manifest, built from its own module. What differs: nodes have its image, and
 * none is pulled. Building takes minutes the first time.
 */
export async function cloudNativePg(report: Report): Promise<RealOperator> {
  const tools = await ensureTools(['cloudnative-pg'], report)
  const version = moduleVersion(MODULE).replace('v', '')
  const manifest = join(await moduleFolder(MODULE), 'releases', `cnpg-${version}.yaml`)
  const objects = readManifest(await readFile(manifest, 'utf8'))
  const image = findImage(objects)
  return { images: [operatorImage(image, tools['cloudnative-pg'] ?? '')], objects: objects.map(neverPull) }
}

/** Its own layout: an instance's first container copies the program, and asks for the one of its architecture. */
function operatorImage(name: string, program: string): ImageSpec {
  const architecture = arch === 'x64' ? 'amd64' : arch
  return {
    name,
    files: { manager: { program }, [`operator/manager_${architecture}`]: { program } },
    entrypoint: ['/manager'],
  }
}

interface Pods extends KubernetesObject {
  spec: { template: { spec: { containers: { image: string; imagePullPolicy?: string }[] } } }
}

function findImage(objects: readonly KubernetesObject[]): string {
  const container = objects.find(hasPods)?.spec.template.spec.containers[0]
  if (container === undefined) throw new Error('the manifest of CloudNativePG has no Deployment')
  return container.image
}

function neverPull(object: KubernetesObject): KubernetesObject {
  if (!hasPods(object)) return object
  const { template } = object.spec
  const containers = template.spec.containers.map((one) => ({ ...one, imagePullPolicy: 'Never' }))
  return {
    ...object,
    spec: { ...object.spec, template: { ...template, spec: { ...template.spec, containers } } },
  }
}

function hasPods(object: KubernetesObject): object is Pods {
  return object.kind === 'Deployment' && isObject(object['spec'])
}
