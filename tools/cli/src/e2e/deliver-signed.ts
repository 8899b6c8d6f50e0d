import { layOut, type KubernetesObject } from '@opencore/cluster'
import { execa } from 'execa'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { hasGnupg, opencore } from './opencore.ts'
import { findHealthy, until, type TestPlatform } from './test-platform.ts'

const environment = 'prod-eu-west-1'
const ref = `env/${environment}`
const namespace = 'banking-services'
const services = 'environments/services'

interface Policy extends KubernetesObject {
  spec: { ingress?: unknown[] }
}

/**
 * Tests on a platform with `prod-eu-west-1`, whose Argo CD takes signed commits alone: what a person does with `promote`
 * and `rollback` in a checkout, whose origin is the repository that the platform reads.
 */
export function testDelivery(platformOf: () => TestPlatform): void {
  describe.skipIf(!hasGnupg)('a commit of a person, in production', () => {
    let platform: TestPlatform
    let workspace: Awaited<ReturnType<typeof copyWorkspace>>
    let env: Record<string, string>

    beforeAll(async () => {
      platform = platformOf()
      workspace = await copyWorkspace()
      const { repository, signing, publicKeys, marker } = layOut(platform.folder)
      env = { GNUPGHOME: signing, OPENCORE_PLATFORM: marker }
      const [key = ''] = await readdir(publicKeys)
      await git('remote', 'add', 'origin', repository)
      await git('config', 'user.name', 'promoter')
      await git('config', 'user.email', 'promoter@localhost')
      await git('config', 'user.signingKey', key)
      await edit('environments/tiers/production.ts', (text) =>
        text.replace(/signingKeys: .*/, `signingKeys: ['${key}'],`),
      )
    })
    afterAll(() => workspace.remove())

    const git = async (...args: string[]) => (await execa('git', args, { cwd: workspace.folder, env })).stdout

    async function edit(file: string, change: (text: string) => string): Promise<void> {
      const path = join(workspace.folder, file)
      const text = await readFile(path, 'utf8')
      const changed = change(text)
      if (changed === text) throw new Error(`nothing changed in ${file}`)
      await writeFile(path, changed)
    }

    /** What a person changes, and somebody merges. */
    async function merge(): Promise<void> {
      expect(await opencore(['generate'], { cwd: workspace.folder, env })).toMatchObject({ exitCode: 0 })
      await git('commit', '--quiet', '--all', '--no-gpg-sign', '--message', 'merged')
      await git('push', '--quiet', 'origin', 'main')
    }

    /** Run a command that moves the ref, and wait until Argo CD has made its commit of the releases. */
    async function deliver(command: string, releases: readonly string[], ...args: string[]): Promise<string> {
      const begun = Date.now()
      const said = await opencore([command, environment, ...releases, ...args], {
        cwd: workspace.folder,
        env,
      })
      expect(said.exitCode, said.stderr).toBe(0)
      const pushed = Date.now()
      const commit = await git('ls-remote', 'origin', `refs/heads/${ref}`)
      const [head = ''] = commit.split('\t')
      for (const release of releases)
        await until(`${release} at ${head}`, 120, () =>
          findHealthy(platform.hub, `${environment}-${release}`, head),
        )
      const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1)
      console.log(
        `${command} ${releases.join(' ')}: ${seconds(begun, pushed)} s, Healthy in the cluster ${seconds(pushed, Date.now())} s later`,
      )
      return head
    }
    const promote = (...releases: string[]) =>
      deliver('promote', releases, '--allow-skip', 'the test has one environment')

    const read = async <T extends KubernetesObject>(apiVersion: string, kind: string, name: string) =>
      (await platform.connect(environment)).get<T>({ apiVersion, kind, metadata: { name, namespace } })
    const podOf = async (name: string) =>
      ((await read(`apps/v1`, 'Deployment', name))?.['spec'] as { template: object }).template
    /** Who may come in, by the names of flows, and the rules that let them. */
    async function flowsInto(name: string): Promise<{ names: string[]; rules: unknown[] }> {
      const policy = await read<Policy>('networking.k8s.io/v1', 'NetworkPolicy', name)
      const names = policy?.metadata.annotations?.['opencore.dev/ingress-flows']?.split(',') ?? []
      return { names, rules: policy?.spec.ingress ?? [] }
    }

    it(
      'by promote is synced, and by rollback what was before is back in seconds',
      { concurrent: false },
      async () => {
        const before = await podOf('cards')
        await edit(`${services}/cards.ts`, (text) =>
          text.replace('values: {', "values: {\n    env: { CARDS_PAGES: '7' },"),
        )
        await merge()
        await promote('cards')
        expect(JSON.stringify(await podOf('cards'))).toContain('"CARDS_PAGES","value":"7"')
        await deliver('rollback', ['cards'])
        expect(await podOf('cards')).toEqual(before)
      },
    )

    it(
      'closes what was revoked: of a policy one rule goes, another policy as a whole',
      { concurrent: false },
      async () => {
        const plain = () => read('security.istio.io/v1', 'PeerAuthentication', 'notifications')
        const before = await flowsInto('customers')
        expect(before.names.filter((flow) => flow.startsWith('notifications'))).toHaveLength(1)
        // By this Prometheus, which has no proxy, may ask in plain.
        expect(await plain()).toBeDefined()
        await edit(`${services}/notifications.ts`, (text) =>
          text
            .replace("services: ['customers'],", '')
            .replace('metrics: true', 'metrics: false')
            .replace('  values: {', '  values: {\n    prometheusRule: { enabled: false },'),
        )
        await merge()
        await promote('customers', 'notifications')
        const after = await flowsInto('customers')
        expect(after.names).toEqual(before.names.filter((flow) => !flow.startsWith('notifications')))
        expect(after.rules).toHaveLength(before.rules.length - 1)
        expect(await plain()).toBeUndefined()
      },
    )
  })
}
