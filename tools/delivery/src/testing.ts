import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Repository } from './git.ts'
import type { RenderedRelease } from './release-folder.ts'

/** Where it is not installed, nothing is signed, and tests of it are skipped. */
export const hasGnupg = (await execa('gpg', ['--version'], { reject: false })).exitCode === 0

/**
 * A key of GnuPG without a passphrase, in the home that `env` names; gives its id.
 * @param from a moment as `--faked-system-time` takes it, since when `validity` counts
 */
export async function makeKey(
  env: Readonly<Record<string, string>>,
  name: string,
  { from, validity = 'never' }: { from?: string; validity?: string } = {},
): Promise<string> {
  const time = from === undefined ? [] : ['--faked-system-time', from]
  const what = ['--passphrase', '', '--quick-generate-key', name, 'ed25519', 'sign', validity]
  await execa('gpg', ['--batch', ...time, ...what], { env })
  const { stdout } = await execa('gpg', ['--with-colons', '--list-keys', name], { env })
  return /^pub:(?:[^:]*:){3}([0-9A-F]{16}):/m.exec(stdout)?.[1] ?? ''
}

/** A bare repository in a scratch folder, whose commits are a tester's; none of the machine's own settings count. */
export async function openScratchRepository(): Promise<{
  repository: Repository
  remove: () => Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-repository-'))
  await execa('git', ['init', '--quiet', '--bare', folder])
  const who = { NAME: 'tester', EMAIL: 'tester@localhost' }
  const names = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value] as const),
  )
  return {
    repository: { folder, env: { GIT_CONFIG_GLOBAL: '/dev/null', ...Object.fromEntries(names) } },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A release as if it had been rendered. */
export const makeRendered = (release: string, more: Partial<RenderedRelease> = {}): RenderedRelease => ({
  release,
  namespace: 'banking',
  chart: 'service',
  chartVersion: '1.0.0',
  kubernetesVersion: '1.36.3',
  sourceCommit: 'a'.repeat(40),
  chartDigest: 'c0ffee',
  values: 'replicas: 1\n',
  manifests: 'kind: Deployment\n',
  ...more,
})
