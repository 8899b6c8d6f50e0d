/** What Argo CD does with an object beside applying it, as its annotations say. */
interface Annotated {
  metadata: { annotations?: Readonly<Record<string, unknown>> }
}

/** Whether an object is a hook: made anew by every sync that runs it, and gone in between. */
export function isHook({ metadata: { annotations = {} } }: Annotated): boolean {
  return 'helm.sh/hook' in annotations || 'argocd.argoproj.io/hook' in annotations
}

/** Whether a change deletes the object first and makes it again, with what belongs to it: its pods, its volume. */
export function isMadeAnew({ metadata: { annotations = {} } }: Annotated): boolean {
  const options = annotations['argocd.argoproj.io/sync-options']
  const listed = typeof options === 'string' ? options.split(',').map((option) => option.trim()) : []
  return listed.includes('Replace=true') && listed.includes('Force=true')
}
