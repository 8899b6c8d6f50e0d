import type { Application } from '@opencore/cluster'
import { generateManifests, repoServerOf, startRepoServer } from '@opencore/cluster/repo-server'
import { execa } from 'execa'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIntrusions, bringKinds, intrusions, pushAsIntruder } from './intrusions.ts'
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

const replicas = (count: number) => (text: string) =>
  text.replace(/^ {2}replicas: .*/m, `  replicas: ${count}`)
const notifications = { name: 'notifications', namespace: 'banking-services' }

/** How many replicas each region of production has. */
async function readReplicas(platform: TestPlatform): Promise<unknown[]> {
  const production = await Promise.all(regions.map((region) => platform.connect(region)))
  return Promise.all(
    production.map(async (region) => {
      const deployment = await region.get({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: notifications,
      })
      return (deployment?.['spec'] as { replicas?: number }).replicas
    }),
  )
}

const regions = ['prod-eu-west-1', 'prod-eu-central-1']

/** A commit on a ref, and the Application that is well again once it is taken back. */
interface Attack {
  clone: Clone
  applications: readonly string[]
}

/** Tests on a platform with all environments. Each ref is attacked at once: what one of them says, another does not hide. */
export function testIntruders(platformOf: () => TestPlatform): void {
  let platform: TestPlatform
  let home: string
  let before: unknown[]
  const attacks: Attack[] = []

  async function attack(
    ref: string,
    applications: readonly string[],
    edit: (clone: Clone) => Promise<unknown>,
    push = (clone: Clone): Promise<unknown> => clone.push('an intrusion'),
  ): Promise<void> {
    const clone = await platform.clone(ref)
    await edit(clone)
    await push(clone)
    attacks.push({ clone, applications })
  }

  describe('whoever may push to a ref', () => {
    beforeAll(async () => {
      platform = platformOf()
      before = await readReplicas(platform)
      home = await mkdtemp(join(tmpdir(), 'opencore-key-'))
      await bringKinds(platform)
      await attack(
        'env/dev',
        [...intrusions.map(([, release]) => `dev-${release}`), 'dev-notifications'],
        bringIntrusions,
      )
      await attack('env/staging', ['staging-cards'], async ({ folder }) => {
        const file = join(folder, 'cards', 'manifests.yaml')
        await rm(file)
        await symlink('../../../../../../../../etc/hostname', file)
      })
      if (!hasGnupg) return
      const unsigned = (clone: Clone) => clone.push('an intrusion', { sign: false })
      const scale = (clone: Clone) => clone.edit('notifications/manifests.yaml', replicas(11))
      await attack('env/prod-eu-west-1', ['prod-eu-west-1-notifications'], scale, unsigned)
      await attack('env/prod-eu-central-1', ['prod-eu-central-1-notifications'], scale, (clone) =>
        pushAsIntruder(home, clone),
      )
      await attack(
        'hub/production',
        regions.map((region) => `${region}-bootstrap`),
        (clone) =>
          clone.edit('argocd/prod-eu-west-1/applicationsets/services.yaml', (text) =>
            text.replaceAll('project: prod-eu-west-1-services', 'project: default'),
          ),
        unsigned,
      )
    })
    afterAll(async () => {
      await execa('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'], { reject: false })
      await rm(home, { recursive: true })
    })

    it.each(intrusions)('of dev cannot bring %s', async (_, release, __, wanted) => {
      expect(await readTrouble(platform, `dev-${release}`, wanted)).toMatch(wanted)
    })

    it('of dev cannot turn its folder into a source of another kind', async () => {
      await readTrouble(
        platform,
        'dev-notifications',
        /multiple application sources defined: Kustomize,Directory/,
      )
    })

    it('of staging cannot read a file outside by a link', async () => {
      await readTrouble(platform, 'staging-cards', /repository contains out-of-bounds symlinks/)
    })

    it.skipIf(!hasGnupg)('of production cannot do so without a signature', async () => {
      await readTrouble(
        platform,
        'prod-eu-west-1-notifications',
        /Failed verifying revision \w+ by '.*': unsigned/,
      )
    })

    it.skipIf(!hasGnupg)('of production cannot do so with a key that nobody trusts', async () => {
      await readTrouble(platform, 'prod-eu-central-1-notifications', /signed with key not in keyring/)
    })

    it.skipIf(!hasGnupg)('of the hub cannot do so without a signature either', async () => {
      await readTrouble(
        platform,
        'prod-eu-west-1-bootstrap',
        /Failed verifying revision \w+ by '.*': unsigned/,
      )
    })

    it('leaves nothing behind, and all is well once it is taken back', async () => {
      expect(await readReplicas(platform)).toEqual(before)
      await Promise.all(
        attacks.map(async ({ clone, applications: names }) => {
          const back = await clone.revert()
          for (const name of names)
            await until(`${name} to be well again`, 180, () => findHealthy(platform.hub, name, back))
        }),
      )
      expect(await readReplicas(platform)).toEqual(before)
    })

    it('of dev cannot bring another repository as a submodule, which a repo-server that fetches them would', async () => {
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
