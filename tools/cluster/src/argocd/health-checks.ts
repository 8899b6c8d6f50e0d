import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { workspaceRoot } from '@opencore/toolchain/workspace-root'

/** Health checks as data: Lua by `group/Kind`. */
export type HealthChecks = Readonly<Record<string, string>>

/** Our own checks, for kinds that Argo CD does not know or fails on: `tools/cluster/health/<group>/<Kind>/health.lua`. */
export async function readHealthChecks(): Promise<HealthChecks> {
  const folder = join(workspaceRoot(), 'tools', 'cluster', 'health')
  const files = await readdir(folder, { recursive: true })
  const scripts = files.filter((file) => file.endsWith('health.lua')).sort()
  const checks = scripts.map(async (file) => [dirname(file), await readFile(join(folder, file), 'utf8')])
  return Object.fromEntries(await Promise.all(checks)) as HealthChecks
}

/** The same as keys of Argo CD's ConfigMap argocd-cm, which name a kind `group_Kind`. */
export function healthSettings(checks: HealthChecks): Record<string, string> {
  return Object.fromEntries(
    Object.entries(checks).map(([kind, lua]) => [
      `resource.customizations.health.${kind.replace('/', '_')}`,
      lua,
    ]),
  )
}
