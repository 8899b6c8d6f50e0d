import { viewMesh, type MeshView } from './mesh/mesh-view.ts'
import { viewNetwork, type NetworkView } from './network/network-view.ts'
import { viewObjects, type EnvironmentInput, type ObjectView } from './object-view.ts'

/** An environment with the look-ups that rules share. */
export interface ClusterView extends ObjectView {
  network: NetworkView
  mesh: MeshView
}

/** Prepare an environment for the rules. */
export function viewCluster(input: EnvironmentInput): ClusterView {
  const objects = viewObjects(input)
  const network = viewNetwork(objects)
  return { ...objects, network, mesh: viewMesh(objects, network) }
}
