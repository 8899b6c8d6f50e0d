import type { KubernetesObject } from '@opencore/cluster'
import { CNI, nameImage, type ImageSpec } from '@opencore/nodes'
import type { Report } from '@opencore/toolchain'
import { generateControlPlane } from '../generate-control-plane.ts'
import { istioImages } from './istio-images.ts'

const REGISTRY = 'registry.firefly-banking.com/istio'
const VERSION = '1.30.8'

/** What differs from `control-plane.yaml`, and why. */
const CHANGES = [
  // Names that nodes have images of.
  `hub=${REGISTRY}`,
  `tag=${VERSION}`,
  // Where nodes of ours have their plugins; the defaults are a machine's own places.
  `values.cni.cniBinDir=${CNI.programs}`,
  `values.cni.cniConfDir=${CNI.order}`,
  // One is enough, and nothing here measures pods.
  'values.pilot.autoscaleEnabled=false',
  // Envoy as its own project releases it has none of the filters that Istio adds, and refuses what has them.
  'values.telemetry.enabled=false',
  'values.pilot.env.PILOT_ENABLE_METADATA_EXCHANGE=false',
  'values.pilot.env.PILOT_ENABLE_ALPN_FILTER=false',
]

/** Istio's control plane: what a cluster is given, and what its nodes have images of. */
export interface ControlPlane {
  objects: KubernetesObject[]
  images: ImageSpec[]
}

/** The control plane that the platform asks for, with Istio's CNI plugin on each node. Building takes minutes the first time. */
export async function makeControlPlane(report: Report): Promise<ControlPlane> {
  const generated = await generateControlPlane(CHANGES, report)
  const names = {
    pilot: nameImage(`${REGISTRY}/pilot:${VERSION}`),
    cni: nameImage(`${REGISTRY}/install-cni:${VERSION}`),
    proxy: nameImage(findProxy(generated)),
  }
  return {
    objects: [...['istio-system', 'istio-cni'].map(namespace), ...generated],
    images: await istioImages(names, report),
  }
}

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

/** Its name with a digest, as istiod writes it into pods. */
function findProxy(objects: readonly KubernetesObject[]): string {
  const injector = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'istio-sidecar-injector',
  )
  const { values = '{}' } = (injector?.['data'] ?? {}) as { values?: string }
  const { global } = JSON.parse(values) as { global?: { proxy?: { image?: string } } }
  if (global?.proxy?.image === undefined) throw new Error('the control plane names no image of its proxy')
  return global.proxy.image
}
