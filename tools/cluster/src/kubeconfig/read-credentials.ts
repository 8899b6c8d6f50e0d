import { FindingsError } from '@opencore/contract/findings'
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Access } from '../kubernetes/connection.ts'
import type { Entry, Kubeconfig } from './kubeconfig.ts'
import { contextUnusable } from './context-unusable.ts'
import { readPem, textOf } from './read-fields.ts'
import { runPlugin } from './run-plugin.ts'

type Credentials = Pick<Access, 'certificate' | 'key' | 'token'>

/** Ways to sign in that kubectl had or has and we do not follow: what is asked would be asked as somebody else. */
const NOT_FOLLOWED = ['auth-provider', 'username', 'as', 'as-user-extra', 'as-groups']

/** Who a user of a kubeconfig is to the API server: by certificate, by token, or as a command answers. */
export async function readCredentials(
  config: Kubeconfig,
  context: string,
  user: Entry,
): Promise<Credentials> {
  const odd = NOT_FOLLOWED.find((key) => user.fields[key] !== undefined)
  if (odd !== undefined) throw contextUnusable(config, context, `its user ${user.name} signs in by ${odd}`)
  const tokenFile = textOf(user, 'tokenFile')
  const token =
    tokenFile === undefined
      ? textOf(user, 'token')
      : (await readFile(resolve(user.folder, tokenFile), 'utf8')).trim()
  if (token !== undefined) return { token }
  const certificate = await readPem(user, 'client-certificate')
  const key = await readPem(user, 'client-key')
  if (certificate !== undefined && key !== undefined) {
    refuseExpired(config, context, certificate)
    return { certificate, key }
  }
  if (user.fields['exec'] !== undefined) return runPlugin(config, context, user)
  throw contextUnusable(config, context, `its user ${user.name} has neither`)
}

/** The server would only say "bad certificate". */
function refuseExpired({ files }: Kubeconfig, context: string, pem: string): void {
  const { validTo } = new X509Certificate(pem)
  if (Date.parse(validTo) > Date.now()) return
  throw new FindingsError([
    {
      code: 'CREDENTIALS_EXPIRED',
      severity: 'error',
      at: { file: files },
      found: `context "${context}": the client certificate ended at ${new Date(validTo).toISOString()}`,
      wanted: 'a certificate that is valid now',
      next: 'get a new kubeconfig from whoever gave you this one',
    },
  ])
}
