import type { Rule } from '../rule.ts'
import { alertTold } from './alert-told.ts'
import { apiServerReachable } from './api-server-reachable.ts'
import { archivePathOnce } from './archive-path-once.ts'
import { autoscalerContainerExists } from './autoscaler-container-exists.ts'
import { autoscalerTargetExists } from './autoscaler-target-exists.ts'
import { claimDeclared } from './claim-declared.ts'
import { configMapDeclared } from './config-map-declared.ts'
import { configurationExists } from './configuration-exists.ts'
import { controlWaived } from './control-waived.ts'
import { controlsRefuse } from './controls-refuse.ts'
import { derivedNameFits } from './derived-name-fits.ts'
import { disruptionBudgetAllowsDrain } from './disruption-budget-allows-drain.ts'
import { disruptionBudgetSelectsPods } from './disruption-budget-selects-pods.ts'
import { ephemeralStorageFits } from './ephemeral-storage-fits.ts'
import { flowAllowed } from './flow-allowed.ts'
import { flowDeclared } from './flow-declared.ts'
import { imagePinned } from './image-pinned.ts'
import { meshCallAllowed } from './mesh-call-allowed.ts'
import { meshCallDeclared } from './mesh-call-declared.ts'
import { meshEdgeDeclared } from './mesh-edge-declared.ts'
import { meshJoining } from './mesh-joining.ts'
import { meshMember } from './mesh-member.ts'
import { meshPlainDeclared } from './mesh-plain-declared.ts'
import { meshPodGuarded } from './mesh-pod-guarded.ts'
import { monitorPortOpen } from './monitor-port-open.ts'
import { monitorSelectsPort } from './monitor-selects-port.ts'
import { namespaceExists } from './namespace-exists.ts'
import { networkPolicyPeerKnown } from './network-policy-peer-known.ts'
import { networkPolicySelectsPods } from './network-policy-selects-pods.ts'
import { noDuplicateObjects } from './no-duplicate-objects.ts'
import { noOverlappingSelectors } from './no-overlapping-selectors.ts'
import { podIsolated } from './pod-isolated.ts'
import { probePortExists } from './probe-port-exists.ts'
import { projectAllowsObject } from './project-allows-object.ts'
import { quotaFits } from './quota-fits.ts'
import { roleBindingResolves } from './role-binding-resolves.ts'
import { routeBackendExists } from './route-backend-exists.ts'
import { secretDeclared } from './secret-declared.ts'
import { secretGrantDeclared } from './secret-grant-declared.ts'
import { secretNotInPlain } from './secret-not-in-plain.ts'
import { serviceAccountExists } from './service-account-exists.ts'
import { serviceSelectsPods } from './service-selects-pods.ts'
import { serviceTargetPort } from './service-target-port.ts'
import { volumeClassNamed } from './volume-class-named.ts'

/** Every rule, in the order of its file's name. */
export const rules: readonly Rule[] = [
  alertTold,
  apiServerReachable,
  archivePathOnce,
  autoscalerContainerExists,
  autoscalerTargetExists,
  claimDeclared,
  configMapDeclared,
  configurationExists,
  controlWaived,
  controlsRefuse,
  derivedNameFits,
  disruptionBudgetAllowsDrain,
  disruptionBudgetSelectsPods,
  ephemeralStorageFits,
  flowAllowed,
  flowDeclared,
  imagePinned,
  meshCallAllowed,
  meshCallDeclared,
  meshEdgeDeclared,
  meshJoining,
  meshMember,
  meshPlainDeclared,
  meshPodGuarded,
  monitorPortOpen,
  monitorSelectsPort,
  namespaceExists,
  networkPolicyPeerKnown,
  networkPolicySelectsPods,
  noDuplicateObjects,
  noOverlappingSelectors,
  podIsolated,
  probePortExists,
  projectAllowsObject,
  quotaFits,
  roleBindingResolves,
  routeBackendExists,
  secretDeclared,
  secretGrantDeclared,
  secretNotInPlain,
  serviceAccountExists,
  serviceSelectsPods,
  serviceTargetPort,
  volumeClassNamed,
]
