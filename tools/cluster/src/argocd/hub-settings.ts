/** One key of Argo CD's ConfigMaps that decides whether what is approved is what runs. */
export interface HubSetting {
  configMap: string
  key: string
  value: string
  /** What Argo CD takes where it is not set (argo-cd v3.6.1, util/settings/settings.go, manifests/install.yaml). */
  unset: string
  /** The workload that reads it at its start only. */
  restart?: string
  why: string
}

/**
 * A file `.argocd-source.yaml` in a folder may turn it into a source of these kinds, with manifests from anywhere
 * (argo-cd v3.6.1, reposerver/repository/repository.go, mergeSourceParameters).
 */
const PLAIN_DIRECTORIES_ONLY = ['helm.enable', 'kustomize.enable', 'jsonnet.enable'].map(
  (key): HubSetting => ({
    configMap: 'argocd-cm',
    key,
    value: 'false',
    unset: 'true',
    why: 'or a folder may be another kind of source',
  }),
)

/** What a hub has to be told before it syncs anything of ours. */
export const HUB_SETTINGS: readonly HubSetting[] = [
  ...PLAIN_DIRECTORIES_ONLY,
  {
    configMap: 'argocd-cm',
    key: 'application.resourceTrackingMethod',
    value: 'annotation',
    unset: 'annotation',
    why: 'or charts’ own labels are taken for Argo CD’s',
  },
  {
    configMap: 'argocd-cm',
    key: 'application.sync.requireOverridePrivilegeForRevisionSync',
    value: 'true',
    unset: 'false',
    why: 'or whoever may sync may sync another commit',
  },
  {
    configMap: 'argocd-cm',
    key: 'cluster.inClusterEnabled',
    value: 'true',
    unset: 'true',
    why: 'or nothing of a hub gets into it: projects and ApplicationSets go to `in-cluster`',
  },
  {
    configMap: 'argocd-cmd-params-cm',
    key: 'reposerver.enable.git.submodule',
    value: 'false',
    unset: 'true',
    restart: 'deployment/argocd-repo-server',
    why: 'or a submodule brings what nobody approved',
  },
  // Who syncs says with what options: with replace and force, an object is deleted and made anew, its data with it
  // (server/application/application.go, Sync).
  {
    configMap: 'argocd-cmd-params-cm',
    key: 'server.sync.replace.allowed',
    value: 'false',
    unset: 'true',
    restart: 'deployment/argocd-server',
    why: 'or whoever may sync may delete what runs and make it anew',
  },
  {
    configMap: 'argocd-rbac-cm',
    key: 'policy.default',
    value: '',
    unset: '',
    why: 'or everybody sees everything',
  },
]

/** Of these, the ones that the embedded platform's ConfigMap says as well; the rest it has from variables, or nobody to keep from. */
export const plainDirectoriesOnly = Object.fromEntries(
  PLAIN_DIRECTORIES_ONLY.map(({ key, value }) => [key, value]),
)
