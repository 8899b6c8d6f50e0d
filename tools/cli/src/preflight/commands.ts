import { shellWord } from '../output/shell-word.ts'

/** `kubectl` through a context. */
export const kubectl = (context: string, rest: string) => `kubectl --context ${shellWord(context)} ${rest}`

/** Sets keys of a ConfigMap and leaves the others. */
export function patchConfigMap(
  { context, namespace }: { context: string; namespace: string },
  name: string,
  data: Readonly<Record<string, string>>,
): string {
  return kubectl(
    context,
    `-n ${namespace} patch configmap ${name} --type merge --patch ${shellWord(JSON.stringify({ data }))}`,
  )
}

/** Starts a workload of Argo CD's anew, and waits until it is. */
export function restart(
  { context, namespace }: { context: string; namespace: string },
  workload: string,
): string {
  const rollout = (verb: string) => kubectl(context, `-n ${namespace} rollout ${verb} ${workload}`)
  return `${rollout('restart')} && ${rollout('status')}`
}
