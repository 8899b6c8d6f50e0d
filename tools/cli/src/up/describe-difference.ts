import type { ApplicationRow } from '@opencore/cluster'
import type { Finding } from '@opencore/contract'

/** Why an Application that Argo CD calls Synced is not, by our own dry run: the API server's words. */
export function describeDifference({ application, sync, message = '' }: ApplicationRow): Finding {
  const isFrozen = sync === 'Frozen'
  return {
    code: isFrozen ? 'APPLICATION_FROZEN' : 'APPLICATION_DIFFERS_LIVE',
    severity: 'error',
    at: { file: application },
    found: isFrozen
      ? `Argo CD says Synced, but the API server refuses what git says, and nothing of it arrives: ${message}`
      : `Argo CD says Synced, but what is there is not what git says: ${message}`,
    wanted: 'objects that are as git says',
    next: isFrozen
      ? 'take the change back, or deliver it as a new release; `opencore verify` says which value it is'
      : 'find who else writes that field: kubectl get --show-managed-fields',
  }
}
