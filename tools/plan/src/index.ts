export type { Localisation } from './localisation.ts'
export { CODE_OWNERS_FILE, planCodeOwners } from './plan-code-owners.ts'
export { printRefOwners } from './print-ref-owners.ts'
export { planHealthChecks } from './plan-health-checks.ts'
export { planNotifications } from './plan-notifications.ts'
export { planEnvironment, planPlatform, sortFiles } from './plan-platform.ts'
export { scanReleaseList } from './scan-release-list.ts'
export { SCALED_REPLICAS } from './scaled-kinds.ts'
export { valuesPath } from './plan-values.ts'
export { releasesPath } from './plan-releases.ts'
export { RENDERED_FILE } from './rendered-file.ts'
export { syncOptions } from './sync-policy.ts'
export { branch, environmentRef, hubRef } from './sources.ts'
export type { PlannedFile } from '@opencore/contract'
export type { ApprovedDeletions } from './guard/approve-deletions.ts'
export { approveDeletions, checkTargets } from './guard/approve-deletions.ts'
export { guardPlan } from './guard/guard-plan.ts'
export { guardRegions } from './guard/guard-regions.ts'
export { findMarkedChanges, guardValues } from './guard/guard-values.ts'
export type { DeliveredRelease } from './guard/read-releases.ts'
export { readReleases } from './guard/read-releases.ts'
export type { Tombstone } from './guard/tombstones.ts'
export { formatTombstone, parseTombstone, readTombstones, tombstonesPath } from './guard/tombstones.ts'
export { diffValues, takeBack, type ChangedValue } from './diff-values.ts'
export { approveChanges, type ChangeTarget } from './guard/approve-changes.ts'
export {
  approvedChangesPath,
  findApproval,
  planApprovedChanges,
  readApprovedChanges,
  suggestApproval,
  type ApprovedChange,
} from './guard/approved-changes.ts'
