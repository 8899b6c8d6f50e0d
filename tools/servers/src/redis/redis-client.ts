import { execa } from 'execa'

/** Where a server listens, and by what a client knows it. */
export interface RedisAddress {
  /** PATH with redis-cli. */
  path: string
  port: number
  /** Path of ca.crt; undefined speaks plaintext. */
  authority: string | undefined
}

export interface RedisLogin {
  user?: string
  password?: string
}

/** One command by redis-cli: the answer as text, an error's too. */
export async function askRedis(
  { path, port, authority }: RedisAddress,
  command: readonly string[],
  { user, password }: RedisLogin = {},
): Promise<string> {
  const tls = authority === undefined ? [] : ['--tls', '--cacert', authority]
  const login = user === undefined ? [] : ['--user', user]
  const { stdout, stderr } = await execa(
    'redis-cli',
    ['-h', '127.0.0.1', '-p', String(port), ...tls, ...login, ...command],
    {
      env: { PATH: path, ...(password !== undefined && { REDISCLI_AUTH: password }) },
      reject: false,
      stdin: 'ignore',
      timeout: 20_000,
    },
  )
  return stdout === '' ? stderr : stdout
}
