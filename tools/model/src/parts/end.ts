/** Labels of pods. */
export type Labels = Readonly<Record<string, string>>

/** Where something listens. */
export interface Port {
  port: number
  protocol: 'TCP' | 'UDP'
}

/** One end of a flow: pods, or what is known by its addresses. */
export type End = PodEnd | AddressEnd

/** Pods of one namespace that carry some labels. */
export interface PodEnd {
  /** Name of the release or of the part of the platform. */
  name: string
  namespace: string
  podLabels: Labels
}

/** What is no pod of the cluster: blocks of addresses, each with the ports that it listens on. */
export interface AddressEnd {
  name: string
  addresses: readonly Address[]
}

/** Blocks of addresses and the ports there. */
export interface Address {
  cidrs: readonly string[]
  ports: readonly Port[]
  /** Whether they are a Service's own, or those behind it. */
  of?: 'service' | 'endpoints'
}

/** A part of the platform, as an end of flows. */
export type PlatformEnd = (PodEnd & { ports: readonly Port[]; serviceAccount?: string }) | AddressEnd

/** Namespaces of what the cluster brings, which no release of ours makes; but for Kubernetes' own, which are always there. */
export function listClusterNamespaces(ends: readonly PlatformEnd[]): string[] {
  const namespaces = ends.flatMap((end) => ('addresses' in end ? [] : end.namespace))
  return [...new Set(namespaces)].filter((name) => !name.startsWith('kube-')).sort()
}

/** The same end at these ports alone; blocks of addresses that have none of them are left out. */
export function narrowEnd(end: PlatformEnd, ports: readonly Port[]): PlatformEnd {
  const keep = (there: readonly Port[]) =>
    there.filter(({ port, protocol }) => ports.some((one) => one.port === port && one.protocol === protocol))
  if (!('addresses' in end)) return { ...end, ports: keep(end.ports) }
  const addresses = end.addresses.map((address) => ({ ...address, ports: keep(address.ports) }))
  return { ...end, addresses: addresses.filter(({ ports }) => ports.length > 0) }
}

/** Ports of one protocol. */
export function tcp(...ports: readonly number[]): Port[] {
  return ports.map((port) => ({ port, protocol: 'TCP' }))
}
