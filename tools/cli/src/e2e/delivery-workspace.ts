import { makeKey } from '@opencore/delivery/testing'
import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { Promoted } from '../deliver/promote.ts'
import { copyWorkspace } from './copy-workspace.ts'
import { hasGnupg, opencore, type Outcome } from './opencore.ts'

/** A checkout with an origin, and a person whose key production takes. */
export interface DeliveryWorkspace {
  folder: string
  /** A folder of the test's own, with `origin.git` and the keyring. */
  scratch: string
  /** For whatever runs there. */
  env: Readonly<Record<string, string>>
  /** Of the person. */
  key: string
  git: (...args: string[]) => Promise<string>
  inOrigin: (...args: string[]) => Promise<string>
  run: (...args: string[]) => Promise<Outcome>
  /** Run as somebody whose git is configured otherwise. */
  runAs: (settings: Record<string, string>, ...args: string[]) => Promise<Outcome>
  /** Promote, which has to end well. */
  promote: (...args: string[]) => Promise<Promoted>
  /** Promote what is refused, so that the ref of the environment stays; gives what is said. */
  refused: (environment: string, ...words: string[]) => Promise<string>
  /** A person defines a service that there is not yet, with its image, and merges it. */
  startService: (name: string) => Promise<string>
  /** What a person changes and merges; gives the commit. */
  merge: (file: string, change: (text: string) => string) => Promise<string>
  headOf: (ref: string) => Promise<string>
  /** A file of `env/<environment>`. */
  read: (environment: string, path: string) => Promise<string>
  /** The commit that a release of an environment was rendered from. */
  sourceOf: (environment: string, release: string) => Promise<string>
  /** Somebody pushes to a ref by hand; gives the commit. */
  push: (ref: string, change: (folder: string) => Promise<void>, ...settings: string[]) => Promise<string>
  remove: () => Promise<void>
}

export async function openDeliveryWorkspace(): Promise<DeliveryWorkspace> {
  const workspace = await copyWorkspace()
  const { folder } = workspace
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-promote-'))
  const origin = join(scratch, 'origin.git')
  const env = { GNUPGHOME: join(scratch, 'gnupg') }
  await mkdir(env.GNUPGHOME, { mode: 0o700 })
  const key = hasGnupg ? await makeKey(env, 'promoter@localhost') : ''
  const git = async (...args: string[]) => (await execa('git', args, { cwd: folder, env })).stdout
  const inOrigin = async (...args: string[]) => (await execa('git', args, { cwd: origin, env })).stdout
  const run = (...args: string[]) => opencore(args, { cwd: folder, env })

  async function merge(file: string, change: (text: string) => string): Promise<string> {
    const path = join(folder, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, change(await readFile(path, 'utf8').catch(() => '')))
    const { exitCode, stderr } = await run('generate')
    expect(exitCode, stderr).toBe(0)
    await git('add', '--all')
    await git('commit', '--quiet', '--allow-empty', '--message', 'merged')
    await git('push', '--quiet', 'origin', 'main')
    return git('rev-parse', 'HEAD')
  }

  async function startService(name: string): Promise<string> {
    await writeFile(join(folder, `environments/services/${name}.ts`), printService(name))
    await run('set-image', name, `0.1.0@sha256:${'5'.repeat(64)}`)
    return merge(`environments/images/${name}.yaml`, (text) => text)
  }

  async function push(ref: string, change: (clone: string) => Promise<void>, ...settings: string[]) {
    const clone = await mkdtemp(join(scratch, 'clone-'))
    await execa('git', ['clone', '--quiet', '--branch', ref, origin, clone], { env })
    await change(clone)
    const who = ['user.name=hand', 'user.email=hand@localhost', ...settings].flatMap((one) => ['-c', one])
    const inClone = (...args: string[]) => execa('git', [...who, ...args], { cwd: clone, env })
    await inClone('add', '--all')
    await inClone('commit', '--quiet', '--allow-empty', '--message', 'by hand')
    await inClone('push', '--quiet')
    return (await inClone('rev-parse', 'HEAD')).stdout
  }

  await execa('git', ['init', '--quiet', '--bare', origin])
  await git('remote', 'add', 'origin', origin)
  for (const [name, value] of [
    ['user.name', 'promoter'],
    ['user.email', 'promoter@localhost'],
    ['user.signingKey', 'promoter@localhost'],
  ] as const)
    await git('config', name, value)
  await merge('environments/tiers/production.ts', (text) => listKeys(text, [key]))
  const headOf = (ref: string) => inOrigin('rev-parse', `refs/heads/${ref}`)
  const read = (environment: string, path: string) => inOrigin('show', `env/${environment}:${path}`)
  return {
    folder,
    scratch,
    env,
    key,
    git,
    inOrigin,
    run,
    runAs: (settings, ...args) => opencore(args, { cwd: folder, env: { ...env, ...configure(settings) } }),
    promote: async (...args) => {
      const { exitCode, stdout, stderr } = await run('promote', ...args, '-o', 'json')
      expect(exitCode, stderr).toBe(0)
      return JSON.parse(stdout) as Promoted
    },
    refused: async (environment, ...words) => {
      const before = await headOf(`env/${environment}`)
      const { exitCode, stderr } = await run('promote', environment, ...words)
      expect(exitCode, stderr).toBe(1)
      expect(await headOf(`env/${environment}`)).toBe(before)
      return stderr
    },
    merge,
    startService,
    headOf,
    read,
    sourceOf: async (environment, release) =>
      /sourceCommit: "?([0-9a-f]{40})/.exec(await read(environment, `${release}/record.yaml`))?.[1] ?? '',
    push,
    remove: async () => {
      await execa('gpgconf', ['--kill', 'gpg-agent'], { env, reject: false })
      await workspace.remove()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** A definition of a service with a variable of its container; the last one set is the one there. */
export const setVariable = (name: string, value: string) => (text: string) =>
  text.replace(/\n {2}values: \{(?:\n {4}env: .*)?/, `\n  values: {\n    env: { ${name}: '${value}' },`)

const printService = (name: string) => `import { defineService } from '@opencore/model/define'

/** What is new. */
export const ${name} = defineService({
  name: '${name}',
  team: 'payments',
  namespace: 'banking-services',
  uses: {},
  exposes: { services: true, metrics: true },
  values: { image: { repository: 'registry.firefly-banking.com/core-banking/${name}' } },
})
`

/** Whose signatures a tier takes, in its file. */
export const listKeys = (tier: string, keys: readonly string[]) =>
  tier.replace(/signingKeys: .*/, `signingKeys: [${keys.map((key) => `'${key}'`).join(', ')}],`)

/** Settings of git as variables, which are stronger than a repository's own. */
function configure(settings: Record<string, string>): Record<string, string> {
  const entries = Object.entries(settings)
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(entries.length)],
    ...entries.flatMap(([name, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, name],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]) as Record<string, string>
}
