import type { KubernetesObject } from '@opencore/cluster'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { PlacedRow } from '../preflight/row.ts'
import { allowLittle, bringParts, limitDev } from './bring-parts.ts'
import { startFirstHub, type FirstHub } from './first-hub.ts'
import { holdWrite } from './hold-write.ts'
import { killUp, readOwnership, readWritten } from './kill-up.ts'
import { hasGnupg, root } from './opencore.ts'
import { readCommands } from './read-commands.ts'
import { applications } from './test-platform.ts'

// docs/first-cluster.md, read and run: against an API server that the platform does not manage, with the Argo CD of
// upstream's own manifests in it, and a cluster with simulated nodes beside it. GitHub only notes what it is told, and production
// has no hub of its own here.

const document = readCommands(await readFile(join(root, 'docs/first-cluster.md'), 'utf8'))
const under = (start: string) => document.filter(({ heading }) => heading.startsWith(start))

let first: FirstHub

beforeAll(async () => {
  first = await startFirstHub()
})
afterAll(() => first.close())

async function runAll(...headings: string[]): Promise<void> {
  for (const { script } of headings.flatMap(under)) await first.run(script)
}

async function look(
  ...args: string[]
): Promise<{ rows: PlacedRow[]; exitCode: number | undefined; stderr: string }> {
  const { stdout, stderr, exitCode } = await first.opencore('doctor', '--context', ...args, '-o', 'json')
  return { rows: stdout === '' ? [] : (JSON.parse(stdout) as PlacedRow[]), exitCode, stderr }
}

const up = (...args: string[]) => first.opencore('up', '--context', ...args)

/** What would change in the cluster of `dev`, asked through a hub. */
const diff = (context: string, ...args: string[]) =>
  first.opencore('diff', 'dev', ...args, '--live', '--context', context)

const nameOf = ({ metadata }: KubernetesObject) => metadata.name

const lacking = (rows: readonly PlacedRow[]) =>
  rows.filter(({ state }) => state === 'missing' || state === 'wrong').map(({ of, what }) => `${of}: ${what}`)

/** What a refusal says, below the steps. */
const findingsOf = (stderr: string) => stderr.slice(stderr.search(/^\S+( \S+)*: .* {2}\[[A-Z_]+\]$/m))

test('a name that no context has, a server that is not there, and an environment without a context', async () => {
  expect((await look('hubs', '-e', 'dev')).stderr).toContain('one of dev, gone, hub')
  const gone = await look('gone', '-e', 'dev')
  expect(gone).toMatchObject({ exitCode: 1, rows: [{ of: 'hub', what: 'API server', state: 'missing' }] })
  expect(gone.rows[0]?.found).toMatch(/^it does not answer: connect ECONNREFUSED/)
  expect((await diff('gone')).stderr).toMatch(
    /^gone: it does not answer: connect ECONNREFUSED .* {2}\[LIVE_UNREACHABLE\]\n/,
  )
  const { stderr, exitCode } = await first.opencore('doctor', '-e', 'dev')
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
  await first.opencore('generate')
  const refused = await up('hub', '-e', 'dev')
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toContain('[PREFLIGHT_MISSING]')
  const configMaps = await first.hub.client.list({ apiVersion: 'v1', kind: 'ConfigMap' })
  expect(configMaps.items.map(nameOf)).not.toContain('argocd-cm')
})

test('who may see little is told so, and nothing of it counts', async () => {
  await allowLittle(first)
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
  await runAll('The first', '1.', '2.')
  await first.hub.startArgocd()
  await bringParts(first.cluster.client)
  await runAll('3.', '4.')
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
    ]
  `)
  const { stdout, stderr, exitCode } = await diff('hub', 'foundation')
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toContain('  + Namespace banking-edge, banking-services, telemetry, vault\n')
})

test('who may not try in a cluster what would run there is told so by its API server', async () => {
  const restore = await limitDev(first)
  const { stderr, exitCode } = await diff('hub', 'foundation')
  await restore()
  expect(exitCode).toBe(1)
  expect(findingsOf(stderr)).toMatch(
    /^dev: [a-z]+: .* is forbidden: User "system:serviceaccount:default:limited" cannot [a-z]+ resource .* {2}\[LIVE_FORBIDDEN\]\n {2}want {2}a user who may read what runs, and apply it in a dry run\n {2}next {2}ask for it, or compare with the ref: leave out --live\n\n1 error$/,
  )
})

test('the first promotion, and what GitHub is told about others', async () => {
  await runAll('5.')
  expect(lacking((await look('hub', '-e', 'dev')).rows)).toEqual(['hub: health checks', 'hub: notifications'])
  const bodies = (await readFile(join(first.github, 'bodies'), 'utf8')).trim().split('\n')
  const rulesets = bodies.map((body) => JSON.parse(body) as Ruleset).filter(({ rules }) => rules)
  expect(
    rulesets.map(({ name, target, conditions, bypass_actors, rules }) => ({
      name,
      target,
      refs: conditions?.ref_name.include,
      bypass: bypass_actors?.map(({ actor_type, actor_id }) => `${actor_type} ${actor_id}`),
      rules: rules?.map(({ type }) => type),
    })),
  ).toMatchInlineSnapshot(`
    [
      {
        "bypass": [
          "Integration 1234567",
        ],
        "name": "rendered refs: branch",
        "refs": [
          "refs/heads/env/*",
          "refs/heads/hub/*",
        ],
        "rules": [
          "creation",
          "deletion",
          "non_fast_forward",
          "pull_request",
        ],
        "target": "branch",
      },
      {
        "bypass": [
          "Integration 1234567",
        ],
        "name": "rendered refs: tag",
        "refs": [
          "refs/tags/env/*",
          "refs/tags/hub/*",
        ],
        "rules": [
          "creation",
          "deletion",
          "non_fast_forward",
          "update",
        ],
        "target": "tag",
      },
      {
        "bypass": [],
        "name": "sources",
        "refs": [
          "~DEFAULT_BRANCH",
        ],
        "rules": [
          "deletion",
          "non_fast_forward",
          "pull_request",
          "required_status_checks",
        ],
        "target": "branch",
      },
    ]
  `)
  const webhook = bodies.map((body) => JSON.parse(body) as Partial<Webhook>).find(({ config }) => config)
  const own = await first.run(
    `kubectl --context hub -n argocd get secret argocd-secret -o jsonpath='{.data.webhook\\.github\\.secret}'`,
  )
  expect(webhook).toMatchObject({
    events: ['push'],
    config: {
      url: 'https://argocd.example.com/api/webhook',
      secret: Buffer.from(own, 'base64').toString('utf8'),
    },
  })
  expect(webhook?.config?.secret).toMatch(/^[\w+/]{32}$/)
  const told = (await readdir(first.github)).filter((name) => name.includes('@')).sort()
  expect(told).toEqual(['CHARTS_KEY@charts', 'PROMOTER_PRIVATE_KEY@land'])
  expect(await readFile(join(first.github, 'CHARTS_KEY@charts'), 'utf8')).toContain('PGP PRIVATE KEY BLOCK')
})

interface Ruleset {
  name: string
  target: string
  conditions?: { ref_name: { include: string[] } }
  bypass_actors?: { actor_type: string; actor_id: number }[]
  rules?: { type: string }[]
}

interface Webhook {
  events: string[]
  config: { url: string; secret: string }
}

describe('up is refused, in the words of whoever refuses', () => {
  const configMap = (data?: Record<string, string>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'argocd-cm', namespace: 'argocd' },
    ...(data && { data }),
  })
  const helm = { fieldManager: 'helm' }

  test('where a setting is not as it should be', async () => {
    await first.run(
      `kubectl --context hub -n argocd patch configmap argocd-cm --type merge --patch '{"data": {"kustomize.enable": "true"}}'`,
    )
    const { exitCode, stderr } = await up('hub', '-e', 'dev')
    expect({ exitCode, findings: findingsOf(stderr) }).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "findings": "hub: argocd-cm: kustomize.enable: true  [PREFLIGHT_WRONG]
        want  false, or a folder may be another kind of source
        next  kubectl --context hub -n argocd patch configmap argocd-cm --type merge --patch '{"data":{"kustomize.enable":"false"}}'

      1 error",
      }
    `)
    const [script = ''] = /kubectl .*/.exec(stderr) ?? []
    await first.run(script)
  })

  test('where somebody else sets what it would set', async () => {
    const text = await readFile(join(first.folder, 'argocd/health-checks.yaml'), 'utf8')
    const [key = ''] = Object.keys((parse(text) as { data: object }).data)
    await first.hub.client.apply(configMap({ [key]: 'return {}' }), helm)
    const { exitCode, stderr } = await up('hub', '-e', 'dev')
    expect({ exitCode, findings: findingsOf(stderr) }).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "findings": "argocd/health-checks.yaml: Apply failed with 1 conflict: conflict with "helm": .data.resource.customizations.health.barmancloud.cnpg.io_ObjectStore  [HUB_CONFLICT]
        want  fields that nobody else sets
        next  have whoever it names set them as the file says (a Helm chart of Argo CD: configs.cm), or let go of them

      1 error",
      }
    `)
    await first.hub.client.apply(configMap(), helm)
  })

  test('where nobody merged what is checked out', async () => {
    const file = join(first.folder, 'environments/notes.md')
    await writeFile(file, 'at work\n')
    const { exitCode, stderr } = await up('hub', '-e', 'dev')
    expect([exitCode, findingsOf(stderr)]).toEqual([
      2,
      expect.stringContaining('the commit that is checked out: environments/notes.md  [SOURCE_CHANGED]'),
    ])
    await rm(file)
  })

  test('where this user may not write', async () => {
    const { exitCode, stderr } = await up('limited', '-e', 'dev')
    expect({ exitCode, findings: findingsOf(stderr) }).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "findings": "argocd/health-checks.yaml: configmaps "argocd-cm" is forbidden: User "system:serviceaccount:default:limited" cannot patch resource "configmaps" in API group "" in the namespace "argocd"  [HUB_REFUSED]
        want  a hub that takes it
        next  mend what it says, and run it again: what was applied stays

      1 error",
      }
    `)
  })
})

test('up that was killed leaves of each object all or nothing, and the next one finishes', async () => {
  const { client } = first.hub
  const written: Record<string, string>[] = []
  for (const [step, group, resource, name] of [
    ['teach the hub', '', 'configmaps', 'argocd-notifications-cm'],
    ['apply the bootstraps', 'argoproj.io', 'applications', 'dev-bootstrap'],
  ] as const) {
    const hold = await holdWrite(client, { group, resource, name })
    await killUp(first, step, () => hold.reached)
    written.push(await readWritten(first))
    await hold.release()
  }
  await killUp(first, 'wait for Argo CD', () => sleep(2_000))
  written.push(await readWritten(first))
  expect(written.map((objects) => Object.values(objects).join(', '))).toEqual([
    'all, nothing, nothing, nothing',
    'all, all, all, nothing',
    'all, all, all, all',
  ])
  const begun = Date.now()
  await runAll('6.')
  console.log(`up finished what was killed in ${((Date.now() - begun) / 1000).toFixed(0)} s`)
  expect(new Set(Object.values(await readWritten(first)))).toEqual(new Set(['all']))
  expect(lacking((await look('hub', '-e', 'dev')).rows)).toEqual([])
})

test('up again changes nothing, and says of every Application that it is Healthy', async () => {
  const names = Object.keys(await readWritten(first))
  const before = await readOwnership(first.hub.client, names)
  const { exitCode, stdout, stderr } = await up('hub', '-e', 'dev', '-o', 'json')
  expect(exitCode, stderr).toBe(0)
  const rows = JSON.parse(stdout) as { application: string; sync: string; health: string }[]
  expect(rows.filter(({ sync, health }) => sync !== 'Synced' || health !== 'Healthy')).toEqual([])
  const { items } = await first.hub.client.list(applications)
  expect(rows.map(({ application }) => application).sort()).toEqual(items.map(nameOf).sort())
  expect(await readOwnership(first.hub.client, names)).toEqual(before)
})

test('production is not taken in where dev is', async () => {
  const { exitCode, stderr } = await up('hub', '-e', 'prod-eu-west-1')
  const shared = /^.*\[HUB_SHARED\]\n.*\n.*/m.exec(findingsOf(stderr))?.[0]
  expect({ exitCode, shared }).toMatchInlineSnapshot(`
    {
      "exitCode": 1,
      "shared": "hub: trust level: dev of hub/nonproduction: 9 AppProjects, 18 Applications, credentials of its cluster  [HUB_SHARED]
      want  environments of hub/production alone: whoever administers an Argo CD can sync all that it reaches
      next  kubectl --context hub -n argocd get applications,appprojects -l opencore.dev/environment=dev # an Argo CD of its own for each hub",
    }
  `)
})

test.skipIf(!hasGnupg)(
  'production, with a key of its own, until its hub, which nobody has here',
  async () => {
    const [make = '', merged = '', begin = ''] = under('Production').map(({ script }) => script)
    await first.run(make)
    const key = await first.git('config', 'user.signingKey')
    // Somebody approves and merges it.
    await first.git('push', '--quiet', 'origin', 'signing-key:main')
    await first.run(`KEY=${key}\n${merged}`)
    const { rows } = await look('hub-production', '-e', 'prod-eu-west-1')
    expect(rows.filter(({ what }) => what.startsWith('signing key'))).toMatchObject([
      { what: `signing key ${key}`, state: 'ok' },
      {
        what: `signing key ${key}: validity`,
        state: 'ok',
        found: expect.stringMatching(/^until 20/) as string,
      },
    ])
    for (const name of ['prod-eu-central-1', 'prod-eu-west-1'])
      expect(await readFile(join(first.github, `SIGNING_KEY@${name}`), 'utf8')).toContain(
        'PGP PRIVATE KEY BLOCK',
      )
    await first.run('opencore promote staging')
    await first.run(`KEY=${key}\n${begin.replace(/^opencore up .*$/m, '')}`)
    const { stdout } = await first.opencore('history', 'prod-eu-west-1', '-o', 'json')
    expect(JSON.parse(stdout)).toMatchObject([{ signature: 'good', key }])
    await expect(first.git('commit', '--allow-empty', '-S', '--message', 'nobody may')).rejects.toThrow(
      'gpg failed to sign',
    )
  },
)
