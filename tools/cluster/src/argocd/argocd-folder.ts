import { chmod, copyFile, mkdir, symlink, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Argo CD is one binary that behaves by the name it is called. */
export const ARGOCD_COMMANDS = {
  repoServer: 'argocd-repo-server',
  applicationController: 'argocd-application-controller',
  applicationSetController: 'argocd-applicationset-controller',
} as const

/** Folders of Argo CD below the platform's; everything it writes stays in them. */
export interface ArgocdFolder {
  root: string
  /** First on the PATH of its processes. */
  bin: string
  home: string
  temporary: string
  /** Empty: known hosts and TLS certificates, none of which the embedded platform has. */
  empty: string
  /** The GnuPG home that Argo CD makes. */
  gnupg: string
  /** Public keys whose signatures count, a file each; nothing where signatures cannot be checked. */
  publicKeys?: string
}

/**
 * Lay out the folder that Argo CD's processes run in: its commands, and on their path the two wrapper scripts of its
 * module (which the module cache keeps without their executable bit).
 */
export async function layOutArgocd(
  root: string,
  { argocd, module, publicKeys }: { argocd: string; module: string; publicKeys?: string },
): Promise<ArgocdFolder> {
  const path = (name: string) => join(root, name)
  const folder = {
    root,
    bin: path('bin'),
    home: path('home'),
    temporary: path('tmp'),
    empty: path('empty'),
    gnupg: path('gnupg'),
  }
  await Promise.all(Object.values(folder).map((name) => mkdir(name, { recursive: true, mode: 0o700 })))
  for (const name of Object.values(ARGOCD_COMMANDS)) {
    await rm(join(folder.bin, name), { force: true })
    await symlink(argocd, join(folder.bin, name))
  }
  for (const name of ['git-verify-wrapper.sh', 'gpg-wrapper.sh']) {
    await rm(join(folder.bin, name), { force: true })
    await copyFile(join(module, 'hack', name), join(folder.bin, name))
    await chmod(join(folder.bin, name), 0o755)
  }
  return { ...folder, ...(publicKeys !== undefined && { publicKeys }) }
}
