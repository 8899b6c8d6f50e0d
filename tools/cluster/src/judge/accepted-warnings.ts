/** Warnings of the API server that nothing we write could avoid, each with the reason. */
const accepted: readonly { warning: RegExp; reason: string }[] = [
  {
    warning: /"resources-finalizer\.argocd\.argoproj\.io": prefer a domain-qualified finalizer name/,
    reason: 'Argo CD looks for exactly this finalizer on an ApplicationSet (ResourcesFinalizerName)',
  },
]

/** Whether a warning is one that cannot be avoided. */
export function isAccepted(text: string): boolean {
  return accepted.some(({ warning }) => warning.test(text))
}
