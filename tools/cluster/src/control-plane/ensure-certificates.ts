import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { encryptionConfiguration } from './encryption-configuration.ts'
import type { Certificates } from './make-certificates.ts'
import { makeCertificates } from './make-certificates.ts'

/** Certificates with the paths of their PEM files, for the servers' flags. */
export interface CertificateFiles extends Certificates {
  files: {
    authority: string
    server: { certificate: string; key: string }
    serviceAccount: { publicKey: string; privateKey: string }
    /** How API servers encrypt Secrets at rest. */
    encryption: string
  }
}

/**
 * The certificates of a folder: those made before, or new ones when there are none or they end within a week.
 * Private files (0600) in a private folder (0700).
 */
export async function ensureCertificates(folder: string): Promise<CertificateFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const record = join(folder, 'certificates.json')
  const kept = await readKept(record)
  const certificates = kept ?? (await makeCertificates())
  const path = (name: string) => join(folder, name)
  const files = {
    authority: path('authority.crt'),
    server: { certificate: path('server.crt'), key: path('server.key') },
    serviceAccount: { publicKey: path('service-account.pub'), privateKey: path('service-account.key') },
    encryption: path('encryption.json'),
  }
  // Its key outlives the certificates, since nothing else can read what it wrote.
  if (!existsSync(files.encryption))
    await writeFileAtomically(files.encryption, encryptionConfiguration(), 0o600)
  if (kept === undefined) {
    await Promise.all([
      writeFileAtomically(files.authority, certificates.authority, 0o600),
      writeFileAtomically(files.server.certificate, certificates.server.certificate, 0o600),
      writeFileAtomically(files.server.key, certificates.server.key, 0o600),
      writeFileAtomically(files.serviceAccount.publicKey, certificates.serviceAccount.publicKey, 0o600),
      writeFileAtomically(files.serviceAccount.privateKey, certificates.serviceAccount.privateKey, 0o600),
    ])
    // Last, so that a record means that every file is there.
    await writeFileAtomically(record, JSON.stringify(certificates), 0o600)
  }
  return { ...certificates, files }
}

const WEEK_MS = 7 * 86_400_000

async function readKept(record: string): Promise<Certificates | undefined> {
  const text = await readFile(record, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const certificates = JSON.parse(text) as Certificates
  const end = Date.parse(new X509Certificate(certificates.authority).validTo)
  return end > Date.now() + WEEK_MS ? certificates : undefined
}
