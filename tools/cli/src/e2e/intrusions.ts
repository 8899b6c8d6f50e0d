import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clone, TestPlatform } from './test-platform.ts'

/** What each release of dev brings in one commit, and what Argo CD says of it. */
export const intrusions: [what: string, release: string, intrusion: string, wanted: RegExp][] = [
  [
    'a project of its own',
    'cards',
    `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: mine, namespace: argocd }
spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] }
`,
    /argoproj\.io:AppProject is not permitted in project dev-services/,
  ],
  [
    'an Application in a project of production',
    'accounts',
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: mine, namespace: argocd }
spec:
  project: prod-eu-west-1-services
  destination: { name: prod-eu-west-1, namespace: banking-services }
  source: { repoURL: https://example.org/mine.git, targetRevision: main, path: . }
`,
    /argoproj\.io:Application is not permitted/,
  ],
  [
    'an ApplicationSet for production',
    'customers',
    `apiVersion: argoproj.io/v1alpha1
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
`,
    /argoproj\.io:ApplicationSet is not permitted/,
  ],
  [
    'an object in a namespace that is not its own',
    'ledger',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mine, namespace: kube-system }\n',
    /namespace kube-system is not permitted in project 'dev-services'/,
  ],
]

/** Where a hub is its own cluster, Argo CD's kinds are there: that they are unknown must not be what refuses them. */
export async function bringKinds(platform: TestPlatform): Promise<void> {
  const dev = await platform.connect('dev')
  const kind = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
  for (const name of ['applications', 'applicationsets', 'appprojects']) {
    const known = await platform.hub.get({ ...kind, metadata: { name: `${name}.argoproj.io` } })
    if (!known) throw new Error(`the hub has no ${name}`)
    const { metadata, spec } = known as typeof known & { spec: object }
    await dev.apply({ ...kind, metadata: { name: metadata.name }, spec }, { fieldManager: 'test' })
  }
}

export async function bringIntrusions(clone: Clone): Promise<void> {
  for (const [, release, intrusion] of intrusions)
    await clone.edit(`${release}/manifests.yaml`, (text) => `${text}---\n${intrusion}`)
  const folder = join(clone.folder, 'notifications')
  await writeFile(join(folder, '.argocd-source.yaml'), 'kustomize: {}\ndirectory: null\n')
  await writeFile(join(folder, 'kustomization.yaml'), 'resources: [https://example.org/mine.git]\n')
}

/** Commit everything, signed with a key that nobody else has, and push. */
export async function pushAsIntruder(home: string, { folder }: Clone): Promise<void> {
  const who = 'intruder@localhost'
  const gpg = (...args: string[]) => execa('gpg', ['--batch', '--homedir', home, ...args])
  await gpg('--passphrase', '', '--quick-generate-key', who, 'ed25519', 'sign', 'never')
  const identity = ['user.name=intruder', `user.email=${who}`, `user.signingKey=${who}`]
  const settings = identity.flatMap((setting) => ['-c', setting])
  const commit = ['commit', '--quiet', '--all', '-S', '--message', 'mine']
  await execa('git', [...settings, ...commit], { cwd: folder, env: { GNUPGHOME: home } })
  await execa('git', ['push', '--quiet'], { cwd: folder })
}
