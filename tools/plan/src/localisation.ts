/**
 * The only things that `opencore up` may change about what is generated, so that the rest of the tree, which it does
 * not change, is what production reads.
 */
export interface Localisation {
  /** URL of the git repository with the environments' and the hubs' refs. */
  git: string
  /** Whose signatures count where a tier asks for any; empty where this machine cannot check them. */
  signingKeys: readonly string[]
  /** Sync at any time. */
  dropSyncWindows: boolean
}
