import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withLock } from '../files/with-lock.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { encryptionConfiguration } from './encryption-configuration.ts'
import type { Certificates, NodeIdentities } from './make-certificates.ts'
import { makeCertificates } from './make-certificates.ts'

/** Certificates with the paths of their PEM files, for the servers' flags. */
export interface CertificateFiles extends Certificates {
  files: {
    authority: string
    server: { certificate: string; key: string }
    serviceAccount: { publicKey: string; privateKey: string }
    /** By which API servers ask kubelets for logs, and to run commands. */
    kubeletClient: { certificate: string; key: string }
    /** How API servers encrypt Secrets at rest. */
    encryption: string
  }
}

/**
 * The certificates of a folder: those made before, or new ones when there are none, they end within a week, or real nodes
 * need others.
 * Private files (0600) in a private folder (0700). Of processes that ask at once, one makes them and the others wait:
 * files of two authorities would not fit each other.
 */
export async function ensureCertificates(
  folder: string,
  identities?: NodeIdentities,
): Promise<CertificateFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = nameFiles(folder)
  const record = join(folder, 'certificates.json')
  const kept = await readKept(record, files, identities)
  const certificates =
    kept ?? (await withLock(join(folder, 'certificates'), () => readOrMake(record, files, identities)))
  return { ...certificates, files }
}

const WEEK_MS = 7 * 86_400_000

type Files = CertificateFiles['files']

function nameFiles(folder: string): Files {
  const path = (name: string) => join(folder, name)
  return {
    authority: path('authority.crt'),
    server: { certificate: path('server.crt'), key: path('server.key') },
    serviceAccount: { publicKey: path('service-account.pub'), privateKey: path('service-account.key') },
    kubeletClient: { certificate: path('kubelet-client.crt'), key: path('kubelet-client.key') },
    encryption: path('encryption.json'),
  }
}

/** What is there and lasts; none where a file may be missing, since the record is written last. */
async function readKept(
  record: string,
  { encryption }: Files,
  identities?: NodeIdentities,
): Promise<Certificates | undefined> {
  const text = await readFile(record, 'utf8').catch(() => undefined)
  if (text === undefined || !existsSync(encryption)) return undefined
  const certificates = JSON.parse(text) as Certificates
  const end = Date.parse(new X509Certificate(certificates.authority).validTo)
  return end > Date.now() + WEEK_MS && covers(certificates, identities) ? certificates : undefined
}

/** Whether the API servers may be reached, and nodes known, as real nodes need it. */
function covers({ server, nodes }: Certificates, identities?: NodeIdentities): boolean {
  if (identities === undefined) return true
  const reached = new X509Certificate(server.certificate).checkIP(identities.host) !== undefined
  return reached && identities.names.every((name) => name in nodes)
}

/** What another process made while this one waited, or new ones. */
async function readOrMake(record: string, files: Files, identities?: NodeIdentities): Promise<Certificates> {
  // Its key outlives the certificates, since nothing else can read what it wrote.
  if (!existsSync(files.encryption))
    await writeFileAtomically(files.encryption, encryptionConfiguration(), 0o600)
  const kept = await readKept(record, files, identities)
  if (kept) return kept
  const certificates = await makeCertificates(identities)
  const { authority, server, serviceAccount, clients } = certificates
  await Promise.all([
    writeFileAtomically(files.authority, authority, 0o600),
    writeFileAtomically(files.server.certificate, server.certificate, 0o600),
    writeFileAtomically(files.server.key, server.key, 0o600),
    writeFileAtomically(files.kubeletClient.certificate, clients.admin.certificate, 0o600),
    writeFileAtomically(files.kubeletClient.key, clients.admin.key, 0o600),
    writeFileAtomically(files.serviceAccount.publicKey, serviceAccount.publicKey, 0o600),
    writeFileAtomically(files.serviceAccount.privateKey, serviceAccount.privateKey, 0o600),
  ])
  await writeFileAtomically(record, JSON.stringify(certificates), 0o600)
  return certificates
}
