import type { Application } from '@opencore/cluster'
import { generateManifests, repoServerOf, startRepoServer } from '@opencore/cluster/repo-server'
import { execa } from 'execa'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasGnupg } from './opencore.ts'
import { serveGit } from './serve-git.ts'
import { applications, findHealthy, until, type Clone, type TestPlatform } from './test-platform.ts'

// Whoever may push to an environment's ref decides what runs there, and nothing else; whoever cannot sign, not even that.

/** What Argo CD says of an Application in the end. */
async function readTrouble({ hub }: TestPlatform, name: string, wanted: RegExp): Promise<string> {
  const { value } = await until(`trouble of ${name} that says ${wanted.source}`, 90, async () => {
    const metadata = { name, namespace: 'argocd' }
    const application = await hub.get<Application>({ ...applications, metadata })
    const { conditions = [], operationState } = application?.status ?? {}
    const results = operationState?.syncResult?.resources ?? []
    const words = [...conditions, ...results, ...(operationState ? [operationState] : [])]
    return words.map(({ message = '' }) => message).find((message) => wanted.test(message))
  })
  return value
}

/** Push what must be refused, see by what, and take it back. */
async function refused(
  platform: TestPlatform,
  clone: Clone,
  application: string,
  { wanted, sign = true }: { wanted: RegExp; sign?: boolean },
): Promise<string> {
  await clone.push('an intrusion', { sign })
  const trouble = await readTrouble(platform, application, wanted)
  const back = await clone.revert()
  await until(`${application} to be well again`, 180, () => findHealthy(platform.hub, application, back))
  return trouble
}

const replicas = (count: number) => (text: string) =>
  text.replace(/^ {2}replicas: .*/m, `  replicas: ${count}`)
const readReplicas = async (platform: TestPlatform) => {
  const metadata = { name: 'notifications', namespace: 'banking-services' }
  const production = await platform.connect('prod-eu-west-1')
  const deployment = await production.get({ apiVersion: 'apps/v1', kind: 'Deployment', metadata })
  return (deployment?.['spec'] as { replicas?: number }).replicas
}

/** Tests on a platform with `dev` and `prod-eu-west-1`. */
export function testIntruders(platformOf: () => TestPlatform): void {
  let platform: TestPlatform
  beforeAll(() => {
    platform = platformOf()
  })

  describe.skipIf(!hasGnupg)('a commit on a production ref', () => {
    it('is not synced without a signature', async () => {
      const before = await readReplicas(platform)
      const clone = await platform.clone('env/prod-eu-west-1')
      await clone.edit('notifications/manifests.yaml', replicas(11))
      const trouble = await refused(platform, clone, 'prod-eu-west-1-notifications', {
        wanted: /Failed verifying revision/,
        sign: false,
      })
      expect(trouble).toMatch(/Failed verifying revision \w+ by '.*': unsigned/)
      expect(await readReplicas(platform)).toBe(before)
    })

    it('is not synced with a signature by a key that nobody trusts', async () => {
      const home = await mkdtemp(join(tmpdir(), 'opencore-key-'))
      const gpg = (...args: string[]) => execa('gpg', ['--batch', '--homedir', home, ...args])
      await gpg('--passphrase', '', '--quick-generate-key', 'intruder@localhost', 'ed25519', 'sign', 'never')
      const before = await readReplicas(platform)
      const clone = await platform.clone('env/prod-eu-west-1')
      await clone.edit('notifications/manifests.yaml', replicas(11))
      const identity = [
        'user.name=intruder',
        'user.email=intruder@localhost',
        'user.signingKey=intruder@localhost',
      ]
      const settings = identity.flatMap((setting) => ['-c', setting])
      const env = { GNUPGHOME: home }
      await execa('git', [...settings, 'commit', '--quiet', '--all', '-S', '--message', 'mine'], {
        cwd: clone.folder,
        env,
      })
      await execa('git', ['push', '--quiet'], { cwd: clone.folder })
      expect(
        await readTrouble(platform, 'prod-eu-west-1-notifications', /Failed verifying revision/),
      ).toMatch(/signed with key not in keyring/)
      const back = await clone.revert()
      await until('repair', 180, () => findHealthy(platform.hub, 'prod-eu-west-1-notifications', back))
      expect(await readReplicas(platform)).toBe(before)
      await execa('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'])
      await rm(home, { recursive: true })
    })

    it('of the hub is not synced without a signature either', async () => {
      const clone = await platform.clone('hub/production')
      await clone.edit('argocd/prod-eu-west-1/applicationsets/services.yaml', (text) =>
        text.replaceAll('project: prod-eu-west-1-services', 'project: default'),
      )
      await refused(platform, clone, 'prod-eu-west-1-bootstrap', {
        wanted: /Failed verifying revision \w+ by '.*': unsigned/,
        sign: false,
      })
    })
  })

  describe('a commit on the ref of dev', () => {
    // Where a hub is its own cluster, Argo CD's kinds are there: that they are unknown must not be what refuses them.
    beforeAll(async () => {
      const dev = await platform.connect('dev')
      const kind = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
      for (const name of ['applications', 'applicationsets', 'appprojects']) {
        const known = await platform.hub.get({ ...kind, metadata: { name: `${name}.argoproj.io` } })
        if (!known) throw new Error(`the hub has no ${name}`)
        const { metadata, spec } = known as typeof known & { spec: object }
        await dev.apply({ ...kind, metadata: { name: metadata.name }, spec }, { fieldManager: 'test' })
      }
    })

    const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: mine, namespace: argocd }
spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] }
`
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: mine, namespace: argocd }
spec:
  project: prod-eu-west-1-services
  destination: { name: prod-eu-west-1, namespace: banking-services }
  source: { repoURL: https://example.org/mine.git, targetRevision: main, path: . }
`
    const applicationSet = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: mine, namespace: argocd }
spec:
  generators: [{ list: { elements: [{ name: mine }] } }]
  template:
    metadata: { name: mine }
    spec:
      project: prod-eu-west-1-services
      destination: { name: prod-eu-west-1, namespace: banking-services }
      source: { repoURL: https://example.org/mine.git, targetRevision: main, path: . }
`
    it.each([
      ['a project of its own', project, /argoproj\.io:AppProject is not permitted in project dev-services/],
      ['an Application in a project of production', application, /argoproj\.io:Application is not permitted/],
      ['an ApplicationSet for production', applicationSet, /argoproj\.io:ApplicationSet is not permitted/],
      [
        'an object in a namespace that is not its own',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mine, namespace: kube-system }\n',
        /namespace kube-system is not permitted in project 'dev-services'/,
      ],
    ])('cannot bring %s', async (_, intrusion, wanted) => {
      const clone = await platform.clone('env/dev')
      await clone.edit('cards/manifests.yaml', (text) => `${text}---\n${intrusion}`)
      await refused(platform, clone, 'dev-cards', { wanted })
    })

    it('cannot read a file outside by a link', async () => {
      const clone = await platform.clone('env/dev')
      const file = join(clone.folder, 'cards', 'manifests.yaml')
      await rm(file)
      await symlink('../../../../../../../../etc/hostname', file)
      await refused(platform, clone, 'dev-cards', { wanted: /repository contains out-of-bounds symlinks/ })
    })

    it('cannot turn its folder into a source of another kind', async () => {
      const clone = await platform.clone('env/dev')
      const override = 'kustomize: {}\ndirectory: null\n'
      await writeFile(join(clone.folder, 'cards', '.argocd-source.yaml'), override)
      await writeFile(
        join(clone.folder, 'cards', 'kustomization.yaml'),
        'resources: [https://example.org/mine.git]\n',
      )
      await refused(platform, clone, 'dev-cards', {
        wanted: /multiple application sources defined: Kustomize,Directory/,
      })
    })

    it('cannot bring another repository as a submodule, which a repo-server that fetches them would', async () => {
      const brought = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: brought }\n'
      const other = await serveGit({ 'manifests.yaml': brought })
      const fetching = await startRepoServer(platform.folder, { ARGOCD_GIT_MODULES_ENABLED: 'true' })
      try {
        const clone = await platform.clone('env/dev')
        const git = (...args: string[]) => execa('git', args, { cwd: clone.folder })
        await git('rm', '-r', '--quiet', 'cards')
        const module = `[submodule "cards"]\n\tpath = cards\n\turl = ${other.url}\n`
        await writeFile(join(clone.folder, '.gitmodules'), module)
        await git('update-index', '--add', '--cacheinfo', `160000,${other.commit},cards`)
        await mkdir(join(clone.folder, 'cards'), { recursive: true })
        const revision = await clone.push('an intrusion')
        const source = {
          ...{ application: 'dev-cards', namespace: 'banking-services', path: 'cards', revision },
          ...{ git: pathToFileURL(repository(platform)).href, directory: { include: 'manifests.yaml' } },
        }
        expect((await generateManifests(fetching.port, source)).join()).toContain('"name":"brought"')
        expect(await generateManifests(await repoServerOf(platform.folder), source)).toEqual([])
        await readTrouble(platform, 'dev-cards', /auto-sync will wipe out all resources/)
        const back = await clone.revert()
        await until('cards to be well again', 180, () => findHealthy(platform.hub, 'dev-cards', back))
        const metadata = { name: 'brought', namespace: 'banking-services' }
        const dev = await platform.connect('dev')
        expect(await dev.get({ apiVersion: 'v1', kind: 'ConfigMap', metadata })).toBeUndefined()
      } finally {
        await fetching.stop()
        await other.stop()
      }
    })
  })
}

const repository = ({ folder }: TestPlatform) => join(folder, 'data', 'repository.git')
