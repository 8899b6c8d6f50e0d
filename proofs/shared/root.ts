import { workspaceRoot } from '@opencore/toolchain'

/** The checkout whose charts are proven. */
export const root = workspaceRoot()
