import type { DeliveredRelease } from './read-releases.ts'

/**
 * What a person runs to delete a release with all it runs, where Argo CD is told to keep both: the ApplicationSet
 * neither deletes Applications nor lets them take their objects along, so the command names the cascade itself.
 */
export function cascadeCommand({
  environment,
  release,
}: Pick<DeliveredRelease, 'environment' | 'release'>): string {
  return `argocd app delete ${environment}-${release} --cascade --propagation-policy foreground`
}
