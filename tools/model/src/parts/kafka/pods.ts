import type { Labels } from '../end.ts'
import type { Part } from '../part.ts'

/** What Strimzi (1.2) calls the pods of Connect and of MirrorMaker 2, after the name of the cluster. */
export const CONNECT = 'connect-connect'
export const MIRROR = 'mirror-mirrormaker2'

/** The labels of the pods of one kind, such as `kafka` and `entity-operator`. */
export const podLabelsOf = ({ objects }: Part, pods: string): Labels => ({
  'strimzi.io/name': `${objects}-${pods}`,
})
