import type { KubernetesObject } from '@opencore/cluster'

/** What a hub has to be for some environments. */
export interface HubWanted {
  /** Of the kubeconfig. */
  context: string
  /** Of Argo CD. */
  namespace: string
  /** The version of Argo CD that this is tested with: `v3.6.1`. */
  tested: string
  /** The repository that Argo CD reads. */
  git: string
  /** The ref with its own objects, such as `hub/production`. */
  hub: string
  /** Refs of the hubs of all environments that the model has, by the environment. */
  hubs: ReadonlyMap<string, string>
  environments: readonly HubEnvironment[]
  /** Of their Applications: Argo CD asks for credentials of a repository by the project. */
  projects: readonly string[]
  /** What their ApplicationSets may do with Applications: `create-update`. */
  policies: readonly string[]
  /** The generated ConfigMaps that a hub learns from, by the file they are in. */
  lessons: readonly Lesson[]
}

export interface HubEnvironment {
  name: string
  /** Keys whose signatures count; none where the tier asks for no signature. */
  signingKeys: readonly string[]
}

/** A generated ConfigMap whose keys a hub should have, and what they do. */
export interface Lesson {
  what: string
  file: string
  configMap: KubernetesObject
}
