import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Certificates } from '../control-plane/make-certificates.ts'
import type { Access } from '../kubernetes/connection.ts'
import { layOut } from './layout.ts'

/** Whether access is to a server of the platform in this folder: its authority signs for nobody else. */
export async function isPlatformsOwn(folder: string, { authority }: Access): Promise<boolean> {
  const file = join(layOut(folder).certificates, 'certificates.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text !== undefined && (JSON.parse(text) as Certificates).authority.trim() === authority?.trim()
}
