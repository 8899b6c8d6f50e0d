import type { Platform, PlatformEnvironment } from '@opencore/model'

/** Which hub to look at, and for what. */
export interface PreflightRequest {
  /** Absolute path of the checkout. */
  root: string
  platform: Platform
  /** Of one hub. */
  environments: readonly PlatformEnvironment[]
  /** The hub's, in the kubeconfig. */
  context: string
}
