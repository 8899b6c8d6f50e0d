/**
 * The only things that `opencore up` may change about what is generated, so that the rest of the tree, which it does
 * not change, is what production reads.
 */
export interface Localisation {
  /** URL of the chart repository. */
  chartRepository: string
  /** URL of the git repository that holds `argocd/`. */
  git: string
  /** Version of each chart instead of its own: `0.1.0-dev.g0123456789ab`. */
  chartVersions: Readonly<Record<string, string>>
  /** Leave the policy on signed commits out of the projects. */
  dropSigningKeys: boolean
  /** Sync at any time. */
  dropSyncWindows: boolean
}
