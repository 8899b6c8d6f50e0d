import type { Finding } from '@opencore/contract'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { Refusal } from '../output/refusal.ts'

export interface Login {
  username: string
  password: string
}

/**
 * Who pushes: a name among the arguments, with its password on the input, where no list of processes shows it. Refuses
 * one without the other (LOGIN_INCOMPLETE).
 */
export async function readLogin(
  username: string | undefined,
  passwordStdin: boolean,
  input: Readable,
): Promise<Login | undefined> {
  if (username === undefined && !passwordStdin) return undefined
  if (username === undefined) throw new Refusal([incomplete('a password without a name')])
  if (!passwordStdin) throw new Refusal([incomplete('a name without a password')])
  const password = (await text(input)).replace(/\r?\n$/, '')
  if (password === '') throw new Refusal([incomplete('an empty password')])
  return { username, password }
}

const incomplete = (found: string): Finding => ({
  code: 'LOGIN_INCOMPLETE',
  severity: 'error',
  at: { file: 'opencore publish' },
  found,
  wanted: 'both, the password on the standard input',
  next: 'opencore publish ... --username NAME --password-stdin < password.txt',
})
