import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { healthSettings, readHealthChecks } from '../argocd/health-checks.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

export interface Health {
  status: string
  message: string
}

/** For tests: ask Argo CD's own Lua engine, with our checks, how healthy an object is. */
export async function openHealthEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-health-'))
  const { argocd = '' } = await ensureTools(['argocd'], () => undefined)
  const command = join(folder, 'argocd')
  const settings = join(folder, 'argocd-cm.yaml')
  // The one binary is the command line when it is called so.
  await symlink(argocd, command)
  const data = healthSettings(await readHealthChecks())
  const metadata = { name: 'argocd-cm', labels: { 'app.kubernetes.io/part-of': 'argocd' } }
  await writeFile(settings, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }))
  return {
    /** Throws where Argo CD has no check for the kind. */
    async assess(object: KubernetesObject): Promise<Health> {
      const file = join(folder, `${object.kind}.yaml`)
      await writeFile(file, JSON.stringify(object))
      const health = ['admin', 'settings', 'resource-overrides', 'health']
      const { stdout } = await execa(command, [...health, file, '--argocd-cm-path', settings])
      const [, status = '', message = ''] = /^STATUS: (.*)\nMESSAGE: ?([^]*)$/m.exec(stdout) ?? []
      if (status === '') throw new Error(stdout)
      return { status, message: message.trim() }
    },
    close: () => rm(folder, { recursive: true }),
  }
}
