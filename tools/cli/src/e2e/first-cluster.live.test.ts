import { startCluster, type Cluster, type KubernetesClient, type KubernetesObject } from '@opencore/cluster'
import { startForeignHub, type ForeignHub } from '@opencore/cluster/foreign-hub'
import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { PlacedRow } from '../preflight/row.ts'
import { prepareSpec } from '../up/prepare-spec.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore, root } from './opencore.ts'
import { readCommands } from './read-commands.ts'

// docs/first-cluster.md, read and run: against an API server that the platform does not manage, with the Argo CD of
// upstream's own manifests in it, and a cluster with simulated nodes beside it. What only GitHub could do is not done.

const document = readCommands(await readFile(join(root, 'docs/first-cluster.md'), 'utf8'))
const under = (start: string) => document.filter(({ heading }) => heading.startsWith(start))

let scratch = ''
let workspace: Awaited<ReturnType<typeof copyWorkspace>>
let hub: ForeignHub
let cluster: Cluster
let env: Record<string, string>

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-first-'))
  workspace = await copyWorkspace()
  hub = await startForeignHub(join(scratch, 'hub'), console.error)
  const prepared = await prepareSpec(root, [], console.error)
  const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']
  const spec = { ...prepared.spec, environments: [{ name: 'dev', zones, nodesPerZone: 2 }] }
  cluster = await startCluster(join(scratch, 'cluster'), spec, 'dev')
  await prepareRepository()
  env = await prepareShell()
})
afterAll(async () => {
  await cluster.stop()
  await hub.stop()
  await workspace.remove()
  await rm(scratch, { recursive: true, force: true })
})

/** The repository is a folder, and is what `delivery.git` says. */
async function prepareRepository(): Promise<void> {
  const origin = join(scratch, 'origin.git')
  const git = (...args: string[]) => execa('git', args, { cwd: workspace.folder })
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin])
  await git('remote', 'add', 'origin', origin)
  await git('config', 'user.name', 'tester')
  await git('config', 'user.email', 'tester@localhost')
  const file = join(workspace.folder, 'environments/defaults.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/git: '.*'/, `git: 'file://${origin}'`))
  for (const name of ['repository-token.txt', 'slack-token.txt'])
    await writeFile(join(workspace.folder, '.git', name), 'a-token\n')
}

/** A kubeconfig with both contexts and some that are of no use, and commands as the document calls them. */
async function prepareShell(): Promise<Record<string, string>> {
  const kubeconfig = join(scratch, 'kubeconfig')
  const own = parse(await readFile(cluster.kubeconfig, 'utf8')) as {
    clusters: { cluster: object }[]
    users: { user: object }[]
  }
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const { server, authority, certificate, key } = hub.connection
  const access = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) }
  const at = (address: string) => ({ server: address, 'certificate-authority-data': base64(authority) })
  const context = (name: string, user = name) => ({ name, context: { cluster: name, user } })
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    contexts: [context('hub'), context('dev'), context('gone', 'hub')],
    clusters: [
      { name: 'hub', cluster: at(server) },
      { name: 'dev', cluster: own.clusters[0]?.cluster },
      { name: 'gone', cluster: at('https://127.0.0.1:1') },
    ],
    users: [
      { name: 'hub', user: access },
      { name: 'dev', user: own.users[0]?.user },
    ],
  }
  await writeFile(kubeconfig, stringify(config), { mode: 0o600 })
  const bin = join(scratch, 'bin')
  await mkdir(bin)
  const { argocd = '' } = await ensureTools(['argocd'], console.error)
  await symlink(argocd, join(bin, 'argocd'))
  return {
    KUBECONFIG: kubeconfig,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    ARGOCD_CONFIG_DIR: join(scratch, 'argocd'),
    APP_ID: '1',
  }
}

/**
 * What stands in for what is elsewhere: upstream's manifests are a module's, and GitHub only says whether it got JSON. The
 * real `argocd cluster add` makes the account in the cluster; its last step goes into a pod of the repo-server, of which
 * there is none, so the Secret is written here.
 */
const prelude = (argocd: string) => `
set -euo pipefail
opencore() { ${process.execPath} ${join(root, 'bin/opencore.mjs')} "$@"; }
gh() { jq --exit-status .conditions.ref_name.include; }
kubectl() {
  local args=()
  for arg in "$@"; do args+=("\${arg/#https:*argo-cd*install.yaml/${argocd}/manifests/install.yaml}"); done
  command kubectl "\${args[@]}"
}
argocd() {
  command argocd "$@" || register dev
}
register() {
  local token server authority config
  token=$(command kubectl --context dev -n kube-system get secret argocd-manager-long-lived-token -o jsonpath={.data.token} | base64 -d)
  server=$(command kubectl config view --raw -o jsonpath='{.clusters[?(@.name=="dev")].cluster.server}')
  authority=$(command kubectl config view --raw -o jsonpath='{.clusters[?(@.name=="dev")].cluster.certificate-authority-data}')
  config=$(jq -n --arg token "$token" --arg authority "$authority" '{bearerToken: $token, tlsClientConfig: {caData: $authority}}')
  command kubectl --context hub -n argocd create secret generic cluster-dev --from-literal name=dev --from-literal server="$server" --from-literal config="$config"
  command kubectl --context hub -n argocd label secret cluster-dev argocd.argoproj.io/secret-type=cluster
}
`

/** Run a script of the document in the checkout. */
async function run(script: string): Promise<string> {
  const before = prelude(await moduleFolder('github.com/argoproj/argo-cd/v3'))
  const tokens = script.replaceAll(/\b(repository|slack)-token\.txt/g, '.git/$&')
  const { all, exitCode } = await execa('bash', ['-c', `${before}\n${tokens}`], {
    cwd: workspace.folder,
    env: { NO_COLOR: '1', ...env },
    all: true,
    reject: false,
    stdin: 'ignore',
  })
  expect(exitCode, `${script}\n${all}`).toBe(0)
  return all
}

async function look(
  ...args: string[]
): Promise<{ rows: PlacedRow[]; exitCode: number | undefined; stderr: string }> {
  const { stdout, stderr, exitCode } = await opencore(['doctor', '--context', ...args, '-o', 'json'], {
    cwd: workspace.folder,
    env,
  })
  return { rows: stdout === '' ? [] : (JSON.parse(stdout) as PlacedRow[]), exitCode, stderr }
}

/** What would change in the cluster of `dev`, asked through a hub. */
const diff = (context: string, ...args: string[]) =>
  opencore(['diff', 'dev', ...args, '--live', '--context', context], { cwd: workspace.folder, env })

const nameOf = ({ metadata }: KubernetesObject) => metadata.name

const lacking = (rows: readonly PlacedRow[]) =>
  rows.filter(({ state }) => state === 'missing' || state === 'wrong').map(({ of, what }) => `${of}: ${what}`)

/** A context whose user may ask for the version, and little else. */
async function allowLittle(): Promise<void> {
  const options = { fieldManager: 'test' }
  const metadata = { name: 'limited', namespace: 'default' }
  await hub.client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }, options)
  const path = '/api/v1/namespaces/default/serviceaccounts/limited/token'
  const value = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }
  const { body } = await hub.client.send('POST', path, { type: 'application/json', value })
  const { status } = body as { status: { token: string } }
  const file = env['KUBECONFIG'] ?? ''
  const config = parse(await readFile(file, 'utf8')) as Record<'contexts' | 'users', object[]>
  config.contexts.push({ name: 'limited', context: { cluster: 'hub', user: 'limited' } })
  config.users.push({ name: 'limited', user: { token: status.token } })
  await writeFile(file, stringify(config))
}

/** What operators and others would be: pods with their labels, and objects that their controllers call ready. */
async function bringParts(client: KubernetesClient): Promise<void> {
  const options = { fieldManager: 'test' }
  const { environments } = await loadPlatform(root)
  const dev = environments.find(({ definition }) => definition.name === 'dev')
  for (const part of dev?.platform ?? []) {
    if (!('podLabels' in part)) continue
    const metadata = { name: part.namespace }
    await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata }, options)
    await client.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: part.name, namespace: part.namespace },
        spec: {
          replicas: 1,
          selector: { matchLabels: part.podLabels },
          template: {
            metadata: { labels: part.podLabels },
            spec: { containers: [{ name: 'main', image: 'registry.example.com/part:1' }] },
          },
        },
      },
      options,
    )
  }
  const container = { name: 'main', image: 'registry.example.com/part:1' }
  const labels = { app: 'cilium' }
  await client.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'cilium', namespace: 'kube-system' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    options,
  )
  await client.apply(
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'usual', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'ebs.csi.aws.com',
      allowVolumeExpansion: true,
      parameters: { encrypted: 'true' },
    },
    options,
  )
}

test('a name that no context has, a server that is not there, and an environment without a context', async () => {
  expect((await look('hubs', '-e', 'dev')).stderr).toContain('one of dev, gone, hub')
  const gone = await look('gone', '-e', 'dev')
  expect(gone).toMatchObject({ exitCode: 1, rows: [{ of: 'hub', what: 'API server', state: 'missing' }] })
  expect(gone.rows[0]?.found).toMatch(/^it does not answer: connect ECONNREFUSED/)
  expect((await diff('gone')).stderr).toMatch(
    /^gone: it does not answer: connect ECONNREFUSED .* {2}\[LIVE_UNREACHABLE\]\n/,
  )
  const { stderr, exitCode } = await opencore(['doctor', '-e', 'dev'], { env })
  expect(stderr).toContain('[CONTEXT_MISSING]')
  expect(exitCode).toBe(2)
  expect((await look('hub')).stderr).toContain('[HUB_AMBIGUOUS]')
})

test('on a hub with nothing, up refuses with what is missing, and writes nothing', async () => {
  const { rows, exitCode } = await look('hub', '-e', 'dev')
  expect(exitCode).toBe(1)
  expect(lacking(rows)).toEqual(
    expect.arrayContaining(['hub: Argo CD', 'hub: repository', 'hub: cluster dev', 'hub: ref env/dev']),
  )
  expect(rows.at(-1)).toMatchObject({
    of: 'dev',
    state: 'cannot be seen',
    found: 'the hub does not know it yet',
  })
  expect(await diff('hub')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('dev: the hub does not know it yet  [LIVE_UNREACHABLE]') as string,
  })
  await execa('node', [join(root, 'bin/opencore.mjs'), 'generate'], { cwd: workspace.folder })
  const refused = await opencore(['up', '--context', 'hub', '-e', 'dev'], { cwd: workspace.folder, env })
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toContain('[PREFLIGHT_MISSING]')
  expect((await hub.client.list({ apiVersion: 'v1', kind: 'ConfigMap' })).items.map(nameOf)).not.toContain(
    'argocd-cm',
  )
})

test('who may see little is told so, and nothing of it counts', async () => {
  await allowLittle()
  const { rows, exitCode } = await look('limited', '-e', 'dev')
  const hidden = rows
    .filter(({ state }) => state === 'cannot be seen')
    .map(({ what, found }) => `${what}: ${found}`)
  expect(hidden).toContain('Argo CD: this user may not list Deployments in argocd')
  expect(hidden).toContain('Secrets in etcd: this user may not get /metrics')
  expect(hidden).toContain('argocd-cm: helm.enable: this user may not get ConfigMap in argocd')
  expect(lacking(rows).filter((row) => !row.startsWith('hub: ref'))).toEqual([])
  expect(exitCode).toBe(1)
})

test('the document, from the first line to what doctor calls right', async () => {
  for (const { script } of [...under('The first'), ...under('1.'), ...under('2.')]) await run(script)
  await hub.startArgocd()
  await bringParts(cluster.client)
  for (const { script } of [...under('3.'), ...under('4.')]) await run(script)
  const { rows } = await look('hub', '-e', 'dev')
  for (const of of ['hub', 'dev'])
    expect(rows).toContainEqual(
      expect.objectContaining({ of, what: 'Secrets in etcd', found: 'k8s:enc:secretbox:v1', state: 'ok' }),
    )
  expect(lacking(rows)).toMatchInlineSnapshot(`
    [
      "hub: health checks",
      "hub: notifications",
      "hub: ref env/dev",
      "hub: ref hub/nonproduction",
      "dev: ClusterIssuer opencore",
    ]
  `)
  const { stdout, stderr, exitCode } = await diff('hub', 'foundation')
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toContain('  + Namespace banking-edge, banking-services, vault\n')
})
