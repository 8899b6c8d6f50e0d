import { definePlatformPart } from '@opencore/model/define'

/** The operator that brings secrets out of the vault, as the account of whoever they are for. */
export const externalSecrets = definePlatformPart({
  name: 'external-secrets',
  namespace: 'external-secrets',
  podLabels: { 'app.kubernetes.io/name': 'external-secrets' },
})
