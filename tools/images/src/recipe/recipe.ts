import type { PackageSet } from '@opencore/toolchain/debian'
import type { Artifact } from '@opencore/toolchain/maven'

/**
 * How an image is made, once for those who have a builder, as a Dockerfile, and for those who have none. Steps are what both
 * can do: programs are started without a shell, since no stage but the first has one, and without a network.
 */
export interface Recipe {
  /** Of the image, and of its folder in the cache. */
  name: string
  /** Absolute folder of what is copied. */
  context: string
  stages: readonly Stage[]
  /** Of the last stage, which is the image. */
  settings: ImageSettings
}

/** A root and what is done to it: packages of Debian, or the root of an earlier stage. */
export type Stage = { name: string; about: string; steps: readonly Step[] } & (
  { packages: PackageSet } | { from: string }
)

export type Step =
  /** Each checked against its digest. */
  | { fetch: readonly Artifact[]; to: string }
  /** A file, or what a folder has, of an earlier stage or of the context. */
  | { copy: string; from?: string; to: string }
  | { write: string; to: string }
  /** As root, with an empty `/tmp`. */
  | { run: readonly [string, ...string[]] }

export interface ImageSettings {
  labels: Readonly<Record<string, string>>
  environment: Readonly<Record<string, string>>
  /** Numbers, so that Kubernetes sees that it is not root. */
  user: string
  entrypoint: readonly string[]
}
