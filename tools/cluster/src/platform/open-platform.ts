import { FindingsError } from '@opencore/contract/findings'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { connectPlatform } from './connect-platform.ts'
import { layOut } from './layout.ts'
import type { PlatformSpec } from './platform-spec.ts'
import { readSpec } from './read-spec.ts'

/** The hub and the specification of the platform that was started in this folder. Throws PLATFORM_NOT_RUNNING. */
export async function openPlatform(folder: string): Promise<{ hub: KubernetesClient; spec: PlatformSpec }> {
  const [hub, spec] = [await connectPlatform(folder), await readSpec(layOut(folder))]
  if (hub !== undefined && spec !== undefined) return { hub, spec }
  throw new FindingsError([
    {
      code: 'PLATFORM_NOT_RUNNING',
      severity: 'error',
      at: { file: folder },
      found: 'no platform was started here',
      wanted: 'a running platform',
      next: 'run `opencore up`',
    },
  ])
}
