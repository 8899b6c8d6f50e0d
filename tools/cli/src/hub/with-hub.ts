import {
  createClient,
  KubernetesError,
  openContext,
  readKubeconfig,
  type KubernetesClient,
} from '@opencore/cluster'
import { exitCode, Refusal } from '../output/refusal.ts'

/** Do something on the hub that a context reaches. */
export async function withHub<T>(context: string, use: (hub: KubernetesClient) => Promise<T>): Promise<T> {
  const hub = createClient(await openContext(await readKubeconfig(), context))
  try {
    return await use(hub)
  } finally {
    await hub.close()
  }
}

/** Apply what a file says; what the API server does not take is refused in its words, with what was applied before it left. */
export async function applyFile(file: string, apply: () => Promise<unknown>): Promise<void> {
  try {
    await apply()
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error
    const isConflict = error.status.code === 409
    throw new Refusal(
      [
        {
          code: isConflict ? 'HUB_CONFLICT' : 'HUB_REFUSED',
          severity: 'error',
          at: { file },
          found: error.status.message,
          wanted: isConflict ? 'fields that nobody else sets' : 'a hub that takes it',
          next: isConflict
            ? endConflict(file, error.status.message)
            : 'mend what it says, and run it again: what was applied stays',
        },
      ],
      exitCode.findings,
    )
  }
}

function endConflict(file: string, message: string): string {
  // What Argo CD syncs from the hub's ref is changed by who promotes that: a bootstrap's own project.
  if (message.includes('argocd-controller'))
    return `promote the hub; where Argo CD takes nothing from its ref any more: kubectl apply --server-side --force-conflicts -f ${file}`
  return 'have whoever it names set them as the file says (a Helm chart of Argo CD: configs.cm), or let go of them'
}
