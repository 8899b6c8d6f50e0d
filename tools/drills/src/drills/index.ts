import type { Drill } from '../drill.ts'
import { backupRestore } from './backup-restore.ts'
import { nodeDrain } from './node-drain.ts'
import { operatorLoss } from './operator-loss.ts'
import { postgresNodePowerCycle } from './postgres-node-power-cycle.ts'
import { postgresPitr } from './postgres-pitr.ts'
import { postgresPodLoss } from './postgres-pod-loss.ts'
import { postgresSwitchover } from './postgres-switchover.ts'
import { postgresZonePartition } from './postgres-zone-partition.ts'
import { rollingUpdate } from './rolling-update.ts'
import { zoneLoss } from './zone-loss.ts'

/** All drills, the mildest first: each has a file of its own, and its line here. */
export const drills: readonly Drill[] = [
  backupRestore,
  postgresPitr,
  postgresSwitchover,
  rollingUpdate,
  postgresPodLoss,
  nodeDrain,
  operatorLoss,
  postgresNodePowerCycle,
  zoneLoss,
  postgresZonePartition,
]
