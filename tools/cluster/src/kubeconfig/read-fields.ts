import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Entry } from './kubeconfig.ts'

/** A field that is a text and not empty. */
export function textOf({ fields }: Pick<Entry, 'fields'>, key: string): string | undefined {
  const value = fields[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A PEM text: `<key>-data` in base64 or, without it, the file that `<key>` names beside the kubeconfig. */
export async function readPem(entry: Entry, key: string): Promise<string | undefined> {
  const data = textOf(entry, `${key}-data`)
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8')
  const file = textOf(entry, key)
  return file === undefined ? undefined : readFile(resolve(entry.folder, file), 'utf8')
}
