import type { Finding } from '@opencore/contract'
import type { Application } from '../applications/application.ts'
import { nameKind } from '../applications/prove.ts'
import type { Simulation } from './simulation.ts'

/**
 * Kinds with a controller that runs in every environment: the controller manager, the API server itself, and on the
 * hub Argo CD. (A Service needs none unless it is a load balancer, and that one has a stage.)
 */
const CONTROLLED = new Set([
  '/PersistentVolumeClaim',
  '/Service',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'argoproj.io/ApplicationSet',
  'batch/CronJob',
  'batch/Job',
  'policy/PodDisruptionBudget',
])

/**
 * One finding for each kind among an Application's objects that Argo CD gives health to, while nothing here would ever
 * write its status: waiting for it would be in vain.
 */
export function findUnplayed(application: Application, simulation: Simulation): Finding[] {
  const kinds = new Set((application.status?.resources ?? []).map(nameKind))
  const unplayed = [...kinds].filter(
    (kind) =>
      simulation.hasHealth(kind) &&
      ![CONTROLLED, simulation.operated, simulation.played].some((known) => known.has(kind)),
  )
  return unplayed.map((kind) => ({
    code: 'KIND_WITHOUT_STATUS',
    severity: 'error',
    at: { file: application.metadata.name },
    found: `Argo CD gives health to ${kind.replace(/^\//, '')}, and no controller or stage of the embedded platform writes its status`,
    wanted: 'a controller that runs here, or a stage that plays one',
    next: 'add a stage for this kind to tools/cluster/stages',
  }))
}
