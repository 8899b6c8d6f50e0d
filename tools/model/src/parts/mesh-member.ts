import type { Labels } from './end.ts'

/**
 * How pods come into the mesh: `sidecar` is a proxy in each pod (https://istio.io/latest/docs/overview/dataplane-modes/).
 */
export const meshModes = ['sidecar'] as const

/** How pods come into the mesh. */
export type MeshMode = (typeof meshModes)[number]

/** The mesh of an environment. */
export interface Mesh {
  mode: MeshMode
  /** Its pods are still getting their proxies, so nothing is closed until that day. */
  joining?: { until: string }
}

/** The mesh's control plane, as a part of the platform: proxies get their certificates and rules from it. */
export const ISTIOD = 'istiod'

/** A part whose pods are in the mesh, where the environment has one. */
export interface MeshMember {
  /** ServiceAccount of its pods, by which others in the mesh know it. */
  account: string
  /** Names of the Kubernetes Services by which others reach them, without their domain. */
  services: readonly string[]
  /** Its pods, whose proxies call the control plane. */
  podLabels: Labels
  /** The list of the chart's values below `network` that takes the flow to the control plane. */
  list: string
}

/** What a caller may ask for, by HTTP method and path; a path that ends in `*` stands for all below it. */
export interface Operation {
  methods?: readonly string[]
  paths?: readonly string[]
}
