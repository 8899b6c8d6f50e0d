import type { Finding } from '@opencore/contract'

/** That this machine can run no drill, and what can be had of it elsewhere. */
export const describeLack = (lack: string): Finding => ({
  code: 'NODES',
  severity: 'error',
  at: { file: 'opencore drill' },
  found: `this machine can have no real nodes: ${lack}`,
  wanted: 'root on Debian 12, with control groups of version 1',
  next: 'run it there; docs/drills.md has what each drill found',
})
