import { acceptsConnections } from '../control-plane/probe.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'

/** The in-memory server for Argo CD's caches; `command` is the toolchain's `redis-server`. */
export function redis({ command, port }: { command: string; port: number }): ProcessSpec {
  return {
    name: 'redis-server',
    command,
    args: [`127.0.0.1:${port}`],
    ready: () => acceptsConnections(port),
  }
}
