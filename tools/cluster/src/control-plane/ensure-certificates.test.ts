import { bundleProgram } from '@opencore/toolchain/testing'
import { execa } from 'execa'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureCertificates, type CertificateFiles } from './ensure-certificates.ts'

let scratch: string
let program: string

/** A program that asks for the certificates of a folder at a given time (ms), and prints them. */
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-certificates-'))
  program = join(scratch, 'program.mjs')
  const contents = `import { ensureCertificates } from './ensure-certificates.ts'
    await new Promise((resolve) => setTimeout(resolve, Number(process.argv[3]) - Date.now()))
    console.log(JSON.stringify(await ensureCertificates(process.argv[2])))`
  await bundleProgram({ contents, resolveDir: import.meta.dirname }, program)
})
afterAll(() => rm(scratch, { recursive: true }))

const read = (file: string) => readFile(file, 'utf8')

describe(ensureCertificates, () => {
  it('makes one set for two processes that ask a new folder at once', async () => {
    const folder = join(scratch, 'raced')
    // Both are loaded by then: what is raced is the folder, not the start of Node.
    const at = String(Date.now() + 800)
    const asked = ['one', 'other'].map(() => execa(process.execPath, [program, folder, at]))
    const [one, other] = (await Promise.all(asked)).map(
      ({ stdout }) => JSON.parse(stdout) as CertificateFiles,
    )

    expect(one?.authority).toBe(other?.authority)
    const { files } = one ?? (await ensureCertificates(folder))
    const authority = new X509Certificate(await read(files.authority))
    const server = new X509Certificate(await read(files.server.certificate))
    expect(authority.raw).toEqual(new X509Certificate(one?.authority ?? '').raw)
    expect(server.verify(authority.publicKey)).toBe(true)
    expect(server.checkPrivateKey(createPrivateKey(await read(files.server.key)))).toBe(true)
    expect(await read(files.serviceAccount.privateKey)).toBe(one?.serviceAccount.privateKey)
  })

  it('gives what is there, and keeps the key of what is encrypted when it makes new ones', async () => {
    const folder = join(scratch, 'kept')
    const first = await ensureCertificates(folder)
    const encryption = await read(first.files.encryption)
    expect(await ensureCertificates(folder)).toEqual(first)
    await rm(join(folder, 'certificates.json'))
    expect((await ensureCertificates(folder)).authority).not.toBe(first.authority)
    expect(await read(first.files.encryption)).toBe(encryption)
  })
})
