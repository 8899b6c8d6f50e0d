import { FindingsError } from '@opencore/contract/findings'
import type { Kubeconfig } from './kubeconfig.ts'

/** The finding for a context that says too little, or what is not followed. */
export function contextUnusable({ files }: Kubeconfig, context: string, found: string): FindingsError {
  return new FindingsError([
    {
      code: 'CONTEXT_UNUSABLE',
      severity: 'error',
      at: { file: files },
      found: `context "${context}": ${found}`,
      wanted: 'a verified server, and a client certificate, a token or a command that brings one of them',
      next: `kubectl --context ${context} version says whether kubectl can use it`,
    },
  ])
}
