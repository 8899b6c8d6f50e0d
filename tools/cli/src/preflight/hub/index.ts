import type { Check } from '../check.ts'
import { applicationSetPolicy } from './applicationset-policy.ts'
import { argocdSettings } from './argocd-settings.ts'
import { argocdVersion } from './argocd-version.ts'
import { clusterRegistered } from './cluster-registered.ts'
import type { HubWanted } from './hub-wanted.ts'
import { impersonation } from './impersonation.ts'
import { lessons } from './lessons.ts'
import { notificationsToken } from './notifications-token.ts'
import { oneTrustLevel } from './one-trust-level.ts'
import { plugins } from './plugins.ts'
import { repositoryCredentials } from './repository-credentials.ts'
import { signatureCheck } from './signature-check.ts'
import { signingKeys } from './signing-keys.ts'
import { webhookCache } from './webhook-cache.ts'
import { webhookSecrets } from './webhook-secrets.ts'

/** What is looked at on a hub, in the order of a first day. */
export const hubChecks: readonly Check<HubWanted>[] = [
  argocdVersion,
  oneTrustLevel,
  argocdSettings,
  applicationSetPolicy,
  impersonation,
  plugins,
  webhookSecrets,
  webhookCache,
  signatureCheck,
  signingKeys,
  lessons,
  notificationsToken,
  repositoryCredentials,
  clusterRegistered,
]
