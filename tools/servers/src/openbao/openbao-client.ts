import { request } from 'node:https'

/** Where OpenBao answers, and by what a client knows it. */
export interface OpenBaoAddress {
  port: number
  /** The authority of its certificate, PEM. */
  authority: string
}

/** One request of its API. */
export interface OpenBaoRequest {
  method: 'GET' | 'LIST' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/v1/`, such as `kv/data/services/dev/accounts/smtp`. */
  path: string
  token?: string
  body?: unknown
}

/** What it answers: `data` of a read, `auth` of a login, `errors` of a refusal. */
export interface OpenBaoAnswer {
  status: number
  data?: Record<string, unknown>
  auth?: { client_token: string; policies: string[]; token_type: string; lease_duration: number }
  lease_id?: string
  lease_duration?: number
  errors?: string[]
}

/** Ask OpenBao on loopback; a refusal is an answer. Rejects where nobody answers, or by another certificate. */
export function askOpenBao(
  { port, authority }: OpenBaoAddress,
  { method, path, token, body }: OpenBaoRequest,
): Promise<OpenBaoAnswer> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { 'x-vault-token': token }),
  }
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        path: `/v1/${path}`,
        method,
        headers,
        ca: authority,
        timeout: 20_000,
      },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => {
          const answer = text === '' ? {} : (JSON.parse(text) as Omit<OpenBaoAnswer, 'status'>)
          resolve({ ...answer, status: response.statusCode ?? 0 })
        })
      },
    )
    asked.on('timeout', () => asked.destroy(new Error(`no answer to ${method} ${path} in 20 s`)))
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
