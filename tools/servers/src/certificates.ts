import { issue, makeAuthority } from '@opencore/cluster/certificates'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToServer } from './server-account.ts'

/** An authority that writes certificates as cert-manager's Secret has them. */
export interface Issuer {
  /** tls.crt, tls.key and ca.crt in a folder, which the server's account owns; a new certificate each time. */
  write: (folder: string, names: readonly string[]) => Promise<void>
}

export async function makeIssuer(): Promise<Issuer> {
  const authority = await makeAuthority('opencore-servers')
  const write = async (folder: string, names: readonly string[]) => {
    const alternatives = names.map((value) => ({ type: 'dns' as const, value }))
    const { certificate, key } = await issue(authority, 'CN=server', alternatives)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'ca.crt'), authority.certificate.toString('pem'))
    await writeFile(join(folder, 'tls.crt'), certificate)
    await writeFile(join(folder, 'tls.key'), key)
    await giveToServer(folder)
  }
  return { write }
}
