export { measureUse } from './capacity/measure-use.ts'
export { podAmounts, sumAmounts } from './capacity/resources.ts'
export { checkRules } from './check-rules.ts'
export { viewCluster, type ClusterView } from './cluster-view.ts'
export { compareApplications } from './compare-applications.ts'
export type { AddressPeer, DeclaredFlow, Peer, PodPeer } from './declared-flow.ts'
export { letsIn } from './mesh/authorization-policy.ts'
export { describeEnvironment } from './describe-environment.ts'
export { expandApplicationSet } from './expand-application-set.ts'
export { allowedPorts, isolates, type Counterpart } from './network/evaluate-policies.ts'
export { isAmong, portsAtAddress, portsOfFlow } from './network/flow-index.ts'
export { ownerOf, type End } from './network/network-end.ts'
export {
  describePorts,
  hasPort,
  intersectPorts,
  isEmpty,
  noPorts,
  unionPorts,
  type PortSet,
} from './network/port-set.ts'
export { compareConnections, type Connection, type ConnectionChanges } from './network/list-connections.ts'
export { matchesSelector, readSelector } from './label-selector.ts'
export type { EnvironmentInput, ObjectView } from './object-view.ts'
export { viewObjects } from './object-view.ts'
export type { ContainerPort, Pod, Protocol } from './pods.ts'
export { podOf } from './pods.ts'
export type { MadeObject } from './made-objects.ts'
export { listMadeObjects } from './made-objects.ts'
export type { ApplicationSource } from './read-application.ts'
export { readApplication } from './read-application.ts'
export type { Project } from './read-projects.ts'
export { readProjects } from './read-projects.ts'
export type { IsNamespaced, RenderedRelease } from './read-objects.ts'
export { asList, asRecord, asText, isRecord, read } from './read.ts'
export { coversOperation, type Operation } from './operations.ts'
export { readObjects } from './read-objects.ts'
export type { KubernetesObject, RenderedObject } from './rendered-object.ts'
export { describeObject, placeOf, valuesFileOf } from './rendered-object.ts'
export { formatControls, joinControls, listControls, type ControlRow } from './report/controls.ts'
export type { FindingsOutput } from './report/format-findings.ts'
export { formatFindings } from './report/format-findings.ts'
export type { Rule } from './rule.ts'
export { rules } from './rules/index.ts'
