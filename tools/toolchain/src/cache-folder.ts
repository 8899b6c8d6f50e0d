import { homedir } from 'node:os'
import path from 'node:path'

/**
 * The absolute folder for what can be made again: tools, API definitions, rendered manifests.
 * `$OPENCORE_CACHE`, else `$XDG_CACHE_HOME/opencore`, else `~/.cache/opencore`. It may not exist yet.
 */
export function cacheFolder(): string {
  const { OPENCORE_CACHE: own, XDG_CACHE_HOME: shared } = process.env
  if (own !== undefined && own !== '') return path.resolve(own)
  // The XDG specification tells programs to ignore a relative path.
  if (shared !== undefined && path.isAbsolute(shared)) return path.join(shared, 'opencore')
  return path.join(homedir(), '.cache', 'opencore')
}
