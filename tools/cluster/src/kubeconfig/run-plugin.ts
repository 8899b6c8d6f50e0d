import { isObject } from '@opencore/contract'
import { execa } from 'execa'
import { resolve } from 'node:path'
import type { Access } from '../kubernetes/connection.ts'
import type { Entry, Kubeconfig } from './kubeconfig.ts'
import { contextUnusable } from './context-unusable.ts'
import { textOf } from './read-fields.ts'

/**
 * Ask the command that a kubeconfig names for credentials, as clouds want it (aws, gke-gcloud-auth-plugin, kubelogin).
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export async function runPlugin(
  config: Kubeconfig,
  context: string,
  { name, fields, folder }: Entry,
): Promise<Pick<Access, 'certificate' | 'key' | 'token'>> {
  const exec = isObject(fields['exec']) ? fields['exec'] : {}
  const command = textOf({ fields: exec }, 'command')
  const apiVersion = textOf({ fields: exec }, 'apiVersion')
  if (command === undefined || apiVersion === undefined)
    throw contextUnusable(config, context, `its user ${name} names a command without command or apiVersion`)
  const info = { apiVersion, kind: 'ExecCredential', spec: { interactive: false } }
  // A path counts from the kubeconfig, a bare name from the PATH.
  const program = command.includes('/') ? resolve(folder, command) : command
  const { exitCode, stdout, stderr, failed } = await execa(program, listTexts(exec['args']), {
    env: { ...readVariables(exec['env']), KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    reject: false,
    stdin: 'ignore',
    timeout: 60_000,
  })
  if (failed) {
    const words = stderr.trim().split('\n').at(-1) ?? ''
    throw contextUnusable(
      config,
      context,
      `${command} ended with ${exitCode ?? 'no answer'}${words === '' ? '' : `: ${words}`}`,
    )
  }
  const status = readStatus(stdout)
  const token = textOf({ fields: status }, 'token')
  const certificate = textOf({ fields: status }, 'clientCertificateData')
  const key = textOf({ fields: status }, 'clientKeyData')
  if (token !== undefined) return { token }
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  throw contextUnusable(config, context, `${command} answered no credentials`)
}

function readStatus(text: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(text)
    return isObject(answer) && isObject(answer['status']) ? answer['status'] : {}
  } catch {
    return {}
  }
}

const listTexts = (value: unknown) =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

function readVariables(value: unknown): Record<string, string> {
  const items = Array.isArray(value) ? value.filter(isObject) : []
  return Object.fromEntries(
    items.map((fields) => [textOf({ fields }, 'name') ?? '', textOf({ fields }, 'value') ?? '']),
  )
}
