import type { Judge, KubernetesObject, UpdateVerdict } from '@opencore/cluster'
import type { ApiCatalogue } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import type { Project } from '@opencore/verify'

/** A release as it will lie on the ref. */
export interface ComingRelease {
  name: string
  namespace: string
  manifests: string
  /** What it was rendered from. */
  values: string
  /** What is on the ref now; nothing of a release that is new. */
  running?: string
  /** Whether a person carries out, by an approval, the change that an object of what runs cannot follow. */
  isByHand?: (verdict: UpdateVerdict, running: readonly KubernetesObject[]) => Promise<boolean>
}

export interface DeliveryCheck {
  environment: PlatformEnvironment
  /** Every release that will be on the ref, the promoted ones and those that stay. */
  releases: readonly ComingRelease[]
  /** Releases that the sources have for it and the ref will not: whom those on it may let in already. */
  absent: readonly ComingRelease[]
  /** What Argo CD lets them sync. */
  projects: readonly Project[]
  judge: Pick<Judge, 'review' | 'rehearse'>
  catalogue: ApiCatalogue
}
