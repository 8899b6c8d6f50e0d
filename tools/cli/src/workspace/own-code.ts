import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The name of the part of the bundle that a module is in. The bundler makes it of the part's code and of all that it
 * imports, so other code has another name. Nothing where sources run as they are, as tests do.
 * @param url of the module
 */
export function nameOwnCode(url: string): string | undefined {
  const name = basename(fileURLToPath(url))
  return /-[A-Z0-9]{8}\.js$/.test(name) ? name : undefined
}
