import { createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'

/** What a client of the issuer is: its secret, and what its tokens say. */
export interface TokenClient {
  secret: string
  audience: string
  roles: readonly string[]
}

export interface TokenIssuer {
  url: string
  /** A token as the client with this name is given it. */
  tokenOf: (client: string) => string
  stop: () => void
}

/**
 * An OpenID Connect issuer for tests: discovery, keys, and tokens for client credentials.
 * @param folder has `tls.crt` and `tls.key`, for localhost
 */
export async function startTokenIssuer(
  folder: string,
  clients: Readonly<Record<string, TokenClient>>,
): Promise<TokenIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const cert = await readFile(join(folder, 'tls.crt'))
  const key = await readFile(join(folder, 'tls.key'))
  let url = ''
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const tokenOf = (name: string) => {
    const now = Math.floor(Date.now() / 1000)
    const { audience, roles } = clients[name] ?? { audience: '', roles: [] }
    const claims = { iss: url, sub: name, aud: audience, groups: roles, iat: now, exp: now + 3600 }
    const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'test' })}.${encode(claims)}`
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
  }
  const token = (form: URLSearchParams) => {
    const name = form.get('client_id') ?? ''
    if (
      form.get('grant_type') !== 'client_credentials' ||
      clients[name]?.secret !== form.get('client_secret')
    )
      return { status: 401, answer: { error: 'invalid_client' } }
    return { status: 200, answer: { access_token: tokenOf(name), token_type: 'Bearer', expires_in: 3600 } }
  }
  const answerTo = (path: string, body: string) => {
    if (path === '/.well-known/openid-configuration')
      return { status: 200, answer: { issuer: url, jwks_uri: `${url}/keys`, token_endpoint: `${url}/token` } }
    if (path === '/keys')
      return {
        status: 200,
        answer: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }] },
      }
    if (path === '/token') return token(new URLSearchParams(body))
    return { status: 404, answer: {} }
  }
  const server = createServer({ cert, key }, (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { status, answer } = answerTo(request.url ?? '', body)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `https://localhost:${(server.address() as AddressInfo).port}`
  return { url, tokenOf, stop: () => server.close() }
}
