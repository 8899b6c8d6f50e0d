/** What to run and how to tell that it is ready. Data, so that one runner starts every kind of process. */
export interface ProcessSpec {
  /** Unique within its folder: names the log file. */
  name: string
  command: string
  args: readonly string[]
  /** Folder to run in; this program's own when absent. */
  cwd?: string
  /** Added to the environment of this process. */
  env?: Readonly<Record<string, string>>
  /** True once the process serves. Called repeatedly; a rejection counts as "not yet". */
  ready: () => Promise<boolean>
  /** How long it may take until it serves; two minutes where left out. */
  patienceMs?: number
}
