import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { readLogin } from './read-login.ts'

const input = (text: string) => Readable.from([text])

it('takes the password from the input, without its line break', async () => {
  expect(await readLogin('ci', true, input('secret\n'))).toEqual({ username: 'ci', password: 'secret' })
  expect(await readLogin(undefined, false, input(''))).toBeUndefined()
})

it.each([
  ['a password without a name', undefined, true, 'x'],
  ['a name without a password', 'ci', false, 'x'],
  ['an empty password', 'ci', true, '\n'],
] as const)('refuses %s', async (found, username, passwordStdin, text) => {
  await expect(readLogin(username, passwordStdin, input(text))).rejects.toThrow(
    `opencore publish: ${found}  [LOGIN_INCOMPLETE]
  want  both, the password on the standard input
  next  opencore publish ... --username NAME --password-stdin < password.txt`,
  )
})
