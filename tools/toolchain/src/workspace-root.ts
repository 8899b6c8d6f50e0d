import { existsSync } from 'node:fs'
import path from 'node:path'

let found: string | undefined

/**
 * The absolute folder of the checkout that this code runs from, found upwards from this file, so that it also
 * holds for a bundle anywhere inside the checkout. Throws when the code was copied out of a checkout.
 */
export function workspaceRoot(): string {
  found ??= findUpwards(import.meta.dirname)
  return found
}

function findUpwards(folder: string): string {
  if (existsSync(path.join(folder, 'tools', 'toolchain', 'package.json'))) return folder
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error(`no OpenCore checkout above ${import.meta.dirname}`)
  return findUpwards(parent)
}
