import type { Check } from '../check.ts'
import { capacity } from './capacity.ts'
import type { ClusterWanted } from './cluster-wanted.ts'
import { definitions } from './definitions.ts'
import { networkEnforcer } from './network-enforcer.ts'
import { operatorAccounts } from './operator-accounts.ts'
import { platformParts } from './platform-parts.ts'
import { referenced } from './referenced.ts'
import { storageClasses } from './storage-classes.ts'
import { zones } from './zones.ts'

/** What is looked at on an environment's cluster. */
export const clusterChecks: readonly Check<ClusterWanted>[] = [
  definitions,
  platformParts,
  operatorAccounts,
  networkEnforcer,
  zones,
  capacity,
  storageClasses,
  referenced,
]
