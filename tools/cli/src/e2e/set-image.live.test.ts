import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { useWorkspace } from './use-workspace.ts'

const digest = `sha256:${'5'.repeat(64)}`
const file = 'environments/images/accounts.yaml'

const { run, read, write, changed } = useWorkspace()

/** What accounts runs, as its file says: a version that is released changes no test. */
async function readOwn(): Promise<{ tag: string; digest: string }> {
  const { tag = '', digest: own = '' } = parse(await read(file)) as Record<string, string>
  return { tag, digest: own }
}

const inEach = (path: string) =>
  ['dev', 'prod-eu-central-1', 'prod-eu-west-1', 'staging'].map((name) => `argocd/${name}/${path}`)

describe('set-image', () => {
  it('changes the two values of one file, and generate brings them to where the service is', async () => {
    const { tag } = await readOwn()
    await write(file, `${await read(file)}# pinned for the audit\n`)
    expect(await run('set-image', 'accounts', `2.500.0@${digest}`)).toMatchObject({
      exitCode: 0,
      stdout: `~ ${file}`,
      stderr: `accounts: ${tag} becomes 2.500.0; next: opencore generate`,
    })
    expect(await read(file)).toBe(
      `# What accounts runs. Written by: opencore set-image accounts <tag>@<digest>\ntag: '2.500.0'\ndigest: ${digest}\n# pinned for the audit\n`,
    )
    expect((await run('generate')).exitCode).toBe(0)
    expect(await changed()).toEqual([...inEach('values/accounts.yaml'), file])
    expect(await read('argocd/staging/values/accounts.yaml')).toContain(
      `tag: "2.500.0"\n  digest: ${digest}\n`,
    )
    const { stdout } = await run('explain', 'staging/accounts', 'image.tag', '-o', 'json')
    expect(stdout).toContain(`"file": "${file}"`)
  })

  it('writes nothing where it is so already, and says it', async () => {
    const before = await read(file)
    const image = await readOwn()
    const words = `${image.tag}@${image.digest}`
    const { exitCode, stdout, stderr } = await run('set-image', 'accounts', words, '-o', 'json')
    expect(JSON.parse(stdout)).toEqual({
      service: 'accounts',
      file,
      before: image,
      after: image,
      changed: false,
    })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `nothing to change: accounts runs ${words}`,
    })
    expect(await read(file)).toBe(before)
  })

  it('moves a tag only where it is told to', async () => {
    const words = `${(await readOwn()).tag}@${digest}`
    expect((await run('set-image', 'accounts', words)).stderr).toContain('[TAG_MOVED]')
    expect((await run('set-image', 'accounts', words, '--allow-moved-tag')).exitCode).toBe(0)
    expect(await read(file)).toContain(digest)
  })

  it('gives a new service, which is in one environment, its first image', async () => {
    await write(
      'environments/services/fees.ts',
      `import { defineService } from '@opencore/model/define'

export const fees = defineService({
  name: 'fees',
  team: 'payments',
  namespace: 'banking-services',
  environments: ['dev'],
  uses: { services: ['customers'] },
  exposes: { metrics: true },
  values: { image: { repository: 'registry.firefly-banking.com/core-banking/fees' } },
})
`,
    )
    expect((await run('generate')).stderr).toContain('[IMAGE_MISSING]')
    expect((await run('set-image', 'fees', `0.1.0@${digest}`)).exitCode).toBe(0)
    expect((await run('generate')).exitCode).toBe(0)
    expect(await changed()).toEqual([
      '.github/CODEOWNERS',
      'argocd/dev/applicationsets/services.yaml',
      'argocd/dev/projects/services.yaml',
      'argocd/dev/releases.yaml',
      'argocd/dev/values/customers.yaml',
      'argocd/dev/values/fees.yaml',
      'argocd/dev/values/telemetry.yaml',
      'environments/images/fees.yaml',
      'environments/services/fees.ts',
    ])
  })
})
