import { viewNetwork, type NetworkView } from './network/network-view.ts'
import { viewObjects, type EnvironmentInput, type ObjectView } from './object-view.ts'

/** An environment with the look-ups that rules share. */
export interface ClusterView extends ObjectView {
  network: NetworkView
}

/** Prepare an environment for the rules. */
export function viewCluster(input: EnvironmentInput): ClusterView {
  const objects = viewObjects(input)
  return { ...objects, network: viewNetwork(objects) }
}
