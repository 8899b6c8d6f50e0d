import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'

/** Every path of a platform's folder, and the marker of its processes. */
export interface Layout {
  folder: string
  /**
   * Marks the processes. Derived from the folder's path alone: they are found even when the folder was deleted.
   */
  marker: string
  /** Chosen ports; outlives `down`, so that addresses stay the same. */
  ports: string
  /** Everything below is removed by `down`. */
  data: string
  spec: string
  /** What the supervisor says of itself and its processes. */
  state: string
  logs: string
  certificates: string
  kubeconfigs: string
  argocd: string
  /** The GnuPG home with the key that the platform signs with. */
  signing: string
  /** Public keys that its Argo CD trusts, a file each. */
  publicKeys: string
  /** The bare git repository that Argo CD reads. */
  repository: string
}

/** The layout of the platform in this folder (relative to the working folder, or absolute). */
export function layOut(folder: string): Layout {
  const root = resolve(folder)
  const data = join(root, 'data')
  return {
    folder: root,
    marker: createHash('sha256').update(root).digest('hex').slice(0, 16),
    ports: join(root, 'ports.json'),
    data,
    spec: join(data, 'platform.json'),
    state: join(data, 'supervisor.json'),
    logs: join(root, 'logs'),
    certificates: join(data, 'certificates'),
    kubeconfigs: join(root, 'kubeconfigs'),
    argocd: join(data, 'argocd'),
    signing: join(data, 'signing'),
    publicKeys: join(data, 'keys'),
    repository: join(data, 'repository.git'),
  }
}
