/** A word as a shell takes it, quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

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
