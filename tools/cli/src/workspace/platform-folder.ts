import { join } from 'node:path'

/** The embedded platform of a checkout; OPENCORE_PLATFORM_FOLDER moves it, so that tests have one of their own. */
export function platformFolder(root: string): string {
  return process.env['OPENCORE_PLATFORM_FOLDER'] ?? join(root, '.opencore', 'platform')
}
