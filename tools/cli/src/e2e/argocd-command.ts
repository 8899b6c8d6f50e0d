import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A cluster that nobody asks: the command line wants to know one before it reads the files that it is given. */
const nowhere = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'nowhere',
  contexts: [{ name: 'nowhere', context: { cluster: 'nowhere', user: 'nobody', namespace: 'argocd' } }],
  clusters: [{ name: 'nowhere', cluster: { server: 'http://127.0.0.1:1' } }],
  users: [{ name: 'nobody', user: {} }],
}

/** For tests: Argo CD's own command line, which judges files with the code of its servers. */
export async function openArgocd() {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-argocd-'))
  const { argocd = '' } = await ensureTools(['argocd'], () => undefined)
  const command = join(folder, 'argocd')
  const kubeconfig = join(folder, 'kubeconfig')
  // The one binary is the command line when it is called so.
  await symlink(argocd, command)
  await writeFile(kubeconfig, JSON.stringify(nowhere))
  return {
    /** Put a file where the command finds it. */
    async write(name: string, text: string): Promise<string> {
      await writeFile(join(folder, name), text)
      return join(folder, name)
    },
    /** Both of its outputs; Argo CD answers a question that it denies with a code. */
    async ask(...args: string[]): Promise<string> {
      const { all } = await execa(command, ['admin', ...args, '--kubeconfig', kubeconfig], {
        all: true,
        reject: false,
      })
      return all
    },
    close: () => rm(folder, { recursive: true }),
  }
}
