import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

/** A machine of the general kind that clouds have most of: 8 processors, 4 GiB each, a disk of 100 GiB. */
const CAPACITY = { cpu: '8', memory: '32Gi', 'ephemeral-storage': '100Gi', pods: '110' }

/**
 * What pods get of it, by Google's published reservations
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes): of processors 6 % of the first, 1 % of
 * the second, 0.5 % of two more, 0.25 % of the rest; of memory 25 % of the first 4 GiB, 20 % of the next 4, 10 % of the
 * next 8, 6 % of the next 112, and 100 MiB for eviction. Of the disk what kubelet's own threshold leaves
 * (`nodefs.available<10%`); 110 pods are its own limit.
 */
const ALLOCATABLE = { cpu: '7910m', memory: '29022Mi', 'ephemeral-storage': '90Gi', pods: '110' }

/** So many nodes of a zone, each with what a real one has, so that the scheduler says what it would say there. */
export function simulateNodes(zone: string, count: number): KubernetesObject[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `node-${zone}-${index + 1}`
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
          'topology.kubernetes.io/zone': zone,
        },
      },
      // The stage that plays the kubelet keeps what it finds here.
      status: { allocatable: ALLOCATABLE, capacity: CAPACITY },
    }
  })
}
