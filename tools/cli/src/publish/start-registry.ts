import { issue, makeAuthority } from '@opencore/cluster/certificates'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

// For tests.

/** A file with the certificate of an authority, and what a server of its on loopback is known by. */
export interface Trust {
  /** For SSL_CERT_FILE, which Go programs read. */
  authority: string
  certificate: string
  key: string
}

export async function makeTrust(folder: string): Promise<Trust> {
  const authority = await makeAuthority('registry-tests')
  const server = await issue(authority, 'CN=registry', [{ type: 'ip', value: '127.0.0.1' }])
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  return {
    authority: await write('authority.pem', authority.certificate.toString('pem')),
    certificate: await write('server.pem', server.certificate),
    key: await write('server.key', server.key),
  }
}

/** A real registry in memory, on loopback, over TLS, for one user. */
export async function startRegistry(
  { certificate, key }: Trust,
  { username, password }: { username: string; password: string },
): Promise<{ host: string; stop: () => Promise<void> }> {
  const { registry = '' } = await ensureTools(['registry'], console.error)
  const child = execa(registry, [certificate, key], { stdin: 'pipe', reject: false, buffer: false })
  child.stdin.write(`${username}:${password}\n`)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    host: line.toString().trim(),
    stop: async () => {
      child.stdin.end()
      await child
    },
  }
}
