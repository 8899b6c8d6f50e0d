import type { KubernetesObject } from '@opencore/cluster'
import { describe, expect, test } from 'vitest'
import type { Check } from './check.ts'
import { argocdSettings } from './hub/argocd-settings.ts'
import { argocdVersion } from './hub/argocd-version.ts'
import { clusterRegistered } from './hub/cluster-registered.ts'
import type { HubWanted } from './hub/hub-wanted.ts'
import { hubChecks } from './hub/index.ts'
import { lessons } from './hub/lessons.ts'
import { notificationsToken } from './hub/notifications-token.ts'
import { oneTrustLevel } from './hub/one-trust-level.ts'
import { describeRefs, type SeenRefs } from './hub/refs.ts'
import { repositoryCredentials } from './hub/repository-credentials.ts'
import { signatureCheck } from './hub/signature-check.ts'
import { signingKeys } from './hub/signing-keys.ts'
import { describeServer } from './describe-server.ts'
import { configMap, lookAt, secret, showRows, someHub } from './test-support.ts'

const wanted: HubWanted = {
  ...someHub,
  hubs: new Map([
    ['prod', 'hub/production'],
    ['dev', 'hub/nonproduction'],
  ]),
  lessons: [
    {
      what: 'notifications',
      file: 'argocd/notifications.yaml',
      configMap: configMap('argocd-notifications-cm', { 'service.slack': 'token: "$slack-token"\n' }),
    },
  ],
}

const rowsOf = (check: Check<HubWanted>, objects: readonly KubernetesObject[], about = wanted) =>
  lookAt(check, objects, about)

const repoServer = (image: string, env: object[] = [], labels = {}): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'argocd-repo-server',
    labels: { 'app.kubernetes.io/component': 'repo-server', ...labels },
  },
  spec: { template: { spec: { containers: [{ name: 'argocd-repo-server', image, env }] } } },
})

test('an API server', () => {
  expect(
    showRows([
      describeServer('hub', { version: 'v1.36.3' }),
      describeServer('hub', { found: 'it does not answer: connect ECONNREFUSED 10.0.0.1:6443' }),
      describeServer('dev', { version: 'v1.36.1-eks-1' }, '1.36.3'),
      describeServer('dev', { version: 'v1.34.0' }, '1.36.3'),
    ]),
  ).toMatchInlineSnapshot(`
    "ok API server: v1.36.3 | wanted an answer
    missing API server: it does not answer: connect ECONNREFUSED 10.0.0.1:6443 | wanted an answer
      kubectl --context hub version
    ok API server: v1.36.1-eks-1 | wanted 1.36, for which charts are rendered and types are made
    wrong API server: v1.34.0 | wanted 1.36, for which charts are rendered and types are made
      kubectl --context dev version"
  `)
})

describe('Argo CD', () => {
  test.each([
    ['quay.io/argoproj/argocd:v3.6.1', {}],
    ['mirror.bank.example:5000/argocd@sha256:00', { 'app.kubernetes.io/version': 'v3.5.0' }],
  ])('of the image %s is new enough', (image, labels) => {
    expect(rowsOf(argocdVersion, [repoServer(image, [], labels)])).toMatch(/^ok Argo CD: 3\.[56]\.\d/)
  })

  test('is missing, too old, or without a version', () => {
    expect(rowsOf(argocdVersion, [])).toMatchInlineSnapshot(`
      "missing Argo CD: no repo-server in argocd | wanted 3.5 or newer
        kubectl --context hub create namespace argocd --dry-run=client -o yaml | kubectl --context hub apply -f - && kubectl --context hub -n argocd apply --server-side -f https://raw.githubusercontent.com/argoproj/argo-cd/v3.6.1/manifests/install.yaml"
    `)
    expect(rowsOf(argocdVersion, [repoServer('quay.io/argoproj/argocd:v3.4.9')])).toMatch(
      /^wrong Argo CD: 3\.4\.9 \| wanted 3\.5 or newer/,
    )
    expect(rowsOf(argocdVersion, [repoServer('argocd@sha256:00')])).toMatch(
      /^wrong Argo CD: an image without/,
    )
  })

  test('is set as upstream sets it', () => {
    const maps = ['argocd-cm', 'argocd-cmd-params-cm', 'argocd-rbac-cm'].map((name) => configMap(name, {}))
    expect(rowsOf(argocdSettings, maps)).toMatchInlineSnapshot(`
      "wrong argocd-cm: helm.enable: not set, which is true | wanted false, or a folder may be another kind of source
        kubectl --context hub -n argocd patch configmap argocd-cm --type merge --patch '{"data":{"helm.enable":"false"}}'
      wrong argocd-cm: kustomize.enable: not set, which is true | wanted false, or a folder may be another kind of source
        kubectl --context hub -n argocd patch configmap argocd-cm --type merge --patch '{"data":{"kustomize.enable":"false"}}'
      wrong argocd-cm: jsonnet.enable: not set, which is true | wanted false, or a folder may be another kind of source
        kubectl --context hub -n argocd patch configmap argocd-cm --type merge --patch '{"data":{"jsonnet.enable":"false"}}'
      ok argocd-cm: application.resourceTrackingMethod: not set, which is annotation | wanted annotation, or charts’ own labels are taken for Argo CD’s
      wrong argocd-cm: application.sync.requireOverridePrivilegeForRevisionSync: not set, which is false | wanted true, or whoever may sync may sync another commit
        kubectl --context hub -n argocd patch configmap argocd-cm --type merge --patch '{"data":{"application.sync.requireOverridePrivilegeForRevisionSync":"true"}}'
      ok argocd-cm: cluster.inClusterEnabled: not set, which is true | wanted true, or nothing of a hub gets into it: projects and ApplicationSets go to \`in-cluster\`
      wrong argocd-cmd-params-cm: reposerver.enable.git.submodule: not set, which is true | wanted false, or a submodule brings what nobody approved
        kubectl --context hub -n argocd patch configmap argocd-cmd-params-cm --type merge --patch '{"data":{"reposerver.enable.git.submodule":"false"}}' && kubectl --context hub -n argocd rollout restart deployment/argocd-repo-server && kubectl --context hub -n argocd rollout status deployment/argocd-repo-server
      wrong argocd-cmd-params-cm: server.sync.replace.allowed: not set, which is true | wanted false, or whoever may sync may delete what runs and make it anew
        kubectl --context hub -n argocd patch configmap argocd-cmd-params-cm --type merge --patch '{"data":{"server.sync.replace.allowed":"false"}}' && kubectl --context hub -n argocd rollout restart deployment/argocd-server && kubectl --context hub -n argocd rollout status deployment/argocd-server
      ok argocd-rbac-cm: policy.default: not set, which is empty | wanted empty, or everybody sees everything"
    `)
  })

  test('is set as it should be', () => {
    const kinds = { 'helm.enable': 'false', 'kustomize.enable': 'false', 'jsonnet.enable': 'false' }
    const override = { 'application.sync.requireOverridePrivilegeForRevisionSync': 'true' }
    const maps = [
      configMap('argocd-cm', { ...kinds, ...override }),
      configMap('argocd-cmd-params-cm', {
        'reposerver.enable.git.submodule': 'false',
        'server.sync.replace.allowed': 'false',
      }),
      configMap('argocd-rbac-cm', { 'policy.default': '' }),
    ]
    expect(rowsOf(argocdSettings, maps)).not.toMatch(/^(wrong|missing)/m)
  })

  test('is set the other way', () => {
    const maps = [
      configMap('argocd-cm', {
        'application.resourceTrackingMethod': 'label',
        'cluster.inClusterEnabled': 'false',
      }),
      configMap('argocd-rbac-cm', { 'policy.default': 'role:readonly' }),
    ]
    const rows = rowsOf(argocdSettings, maps)
    expect(rows).toContain('wrong argocd-cm: cluster.inClusterEnabled: false | wanted true, or nothing')
    expect(rows).toContain('wrong argocd-cm: application.resourceTrackingMethod: label | wanted annotation')
    expect(rows).toContain('wrong argocd-rbac-cm: policy.default: role:readonly | wanted empty')
    expect(rows).toContain('missing argocd-cmd-params-cm: reposerver.enable.git.submodule: no ConfigMap')
    const allowed = [configMap('argocd-cmd-params-cm', { 'server.sync.replace.allowed': 'true' })]
    expect(rowsOf(argocdSettings, allowed)).toContain(
      `wrong argocd-cmd-params-cm: server.sync.replace.allowed: true | wanted false, or whoever may sync may delete what runs and make it anew`,
    )
  })
})

test('the signature check is on, off, decided elsewhere, or asked for by nobody', () => {
  const name = 'ARGOCD_GPG_ENABLED'
  expect(rowsOf(signatureCheck, [repoServer('a:v3.6.1')])).toMatch(
    /^ok signature check: on, which it is by itself/,
  )
  expect(rowsOf(signatureCheck, [repoServer('a:v3.6.1', [{ name, value: 'true' }])])).toMatch(/^ok/)
  expect(rowsOf(signatureCheck, [repoServer('a:v3.6.1', [{ name, value: 'No' }])])).toMatchInlineSnapshot(`
    "wrong signature check: off: ARGOCD_GPG_ENABLED is "No" | wanted on, or one commit passes unchecked and then none: ARGOCD_GPG_ENABLED is not "false"
      kubectl --context hub -n argocd set env deployment/argocd-repo-server ARGOCD_GPG_ENABLED-"
  `)
  expect(rowsOf(signatureCheck, [repoServer('a:v3.6.1', [{ name, valueFrom: {} }])])).toMatch(
    /^cannot be seen/,
  )
  expect(rowsOf(signatureCheck, [])).toMatch(/^missing/)
  const unsigned = { ...wanted, environments: [{ name: 'dev', signingKeys: [] }] }
  expect(rowsOf(signatureCheck, [], unsigned)).toBe('')
})

test('a signing key is there, missing, or no key', () => {
  const keys = (text: string) => [configMap('argocd-gpg-keys-cm', { '7B1D5C0A94E2F836': text })]
  expect(rowsOf(signingKeys, keys('-----BEGIN PGP PUBLIC KEY BLOCK-----'))).toMatch(/^ok signing key/)
  expect(rowsOf(signingKeys, [])).toMatchInlineSnapshot(`
    "missing signing key 7B1D5C0A94E2F836: nothing | wanted its public key in argocd-gpg-keys-cm
      kubectl --context hub -n argocd patch configmap argocd-gpg-keys-cm --type merge --patch "$(printf 'data:\\n  7B1D5C0A94E2F836: |\\n'; gpg --armor --export 7B1D5C0A94E2F836 | sed 's/^/    /')" && kubectl --context hub -n argocd rollout restart deployment/argocd-repo-server && kubectl --context hub -n argocd rollout status deployment/argocd-repo-server"
  `)
  expect(rowsOf(signingKeys, keys('hello'))).toMatch(/^wrong signing key 7B1D5C0A94E2F836: no public key/)
})

test('notifications are known, missing, or other ones', () => {
  const there = (text: string) => [configMap('argocd-notifications-cm', { 'service.slack': text })]
  expect(rowsOf(lessons, there('token: "$slack-token"\n'))).toMatch(/^ok notifications: all 1 keys/)
  expect(rowsOf(lessons, [])).toMatchInlineSnapshot(`
    "missing notifications: 0 of 1 keys | wanted 1 keys of argocd/notifications.yaml in argocd-notifications-cm
      kubectl --context hub apply --server-side -f argocd/notifications.yaml"
  `)
  expect(rowsOf(lessons, there('token: x'))).toMatch(
    /^wrong notifications: 1 of 1 keys are other ones, service.slack/,
  )
})

test('the token of notifications is there or missing', () => {
  const name = 'argocd-notifications-secret'
  expect(rowsOf(notificationsToken, [secret('', name, { 'slack-token': 'x' })])).toMatch(/^ok/)
  expect(rowsOf(notificationsToken, [secret('', name, {})])).toMatchInlineSnapshot(`
    "missing argocd-notifications-secret: slack-token: nothing | wanted what notifications are sent with
      jq -Rn '{stringData: {"slack-token": input}}' slack-token.txt | kubectl --context hub -n argocd patch secret argocd-notifications-secret --type merge --patch-file /dev/stdin"
  `)
  expect(rowsOf(notificationsToken, [])).toMatch(/: no such Secret/)
})

test('credentials are of the repository, of what its address begins with, or of another', () => {
  const url = 'https://github.com/Bank/infrastructure'
  expect(rowsOf(repositoryCredentials, [secret('repository', 'own', { url })])).toMatch(
    /^ok repository: Secret own/,
  )
  expect(
    rowsOf(repositoryCredentials, [secret('repo-creds', 'all', { url: 'https://github.com/bank' })]),
  ).toMatch(/^ok/)
  expect(rowsOf(repositoryCredentials, [secret('repository', 'other', { url: `${url}-2` })]))
    .toMatchInlineSnapshot(`
    "missing repository: nothing | wanted credentials of https://github.com/bank/infrastructure.git
      kubectl --context hub -n argocd create secret generic opencore-repository --from-literal type=git --from-literal url=https://github.com/bank/infrastructure.git --from-literal username=x-access-token --from-file password=repository-token.txt && kubectl --context hub -n argocd label secret opencore-repository argocd.argoproj.io/secret-type=repository"
  `)
})

test('the command for credentials takes no name that is there: of one project, or of another repository', () => {
  const url = 'https://github.com/bank/infrastructure'
  const scoped = secret('repository', 'opencore-repository', { url, project: 'prod-data' })
  const rows = rowsOf(repositoryCredentials, [
    scoped,
    secret('repository', 'opencore-repository-2', { url: 'x' }),
  ])
  expect(rows).toMatch(/^wrong repository: for project prod-data alone/)
  expect(rows).toContain('create secret generic opencore-repository-3 --from-literal')
  expect(rows).toContain('label secret opencore-repository-3 ')
})

test('a cluster is known by its name, or not', () => {
  const server = 'https://10.0.0.2'
  expect(rowsOf(clusterRegistered, [secret('cluster', 'x', { name: 'prod', server })])).toMatch(
    /^ok cluster prod: https:\/\/10\.0\.0\.2/,
  )
  expect(rowsOf(clusterRegistered, [secret('cluster', 'x', { name: 'other', server })]))
    .toMatchInlineSnapshot(`
    "missing cluster prod: nothing | wanted a cluster of this name in Argo CD
      argocd --kube-context hub --core cluster add prod --name prod # prod: its context in your kubeconfig"
  `)
})

describe('an Argo CD', () => {
  const argocd = (
    kind: string,
    name: string,
    environment: string,
    targetRevision?: string,
  ): KubernetesObject => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'argocd', labels: { 'opencore.dev/environment': environment } },
    ...(targetRevision !== undefined && { spec: { source: { targetRevision } } }),
  })
  const cluster = (name: string) => secret('cluster', `cluster-${name}`, { name, server: 'https://10.0.0.2' })

  test('serves one hub, and what is nobody’s is nobody’s business', () => {
    const own = argocd('Application', 'prod-bootstrap', 'prod', 'refs/heads/hub/production')
    const others = [argocd('Application', 'shop', 'shop', 'refs/heads/main'), cluster('shop')]
    expect(rowsOf(oneTrustLevel, [own, cluster('prod'), ...others])).toMatch(
      /^ok trust level: nothing of another hub/,
    )
  })

  test('that serves another hub as well is refused, also where only its cluster or a name is left', () => {
    const dev = ['dev-services', 'dev-data'].map((name) => argocd('AppProject', name, 'dev'))
    const applications = [
      argocd('Application', 'dev-bootstrap', 'dev', 'refs/heads/hub/nonproduction'),
      argocd('Application', 'old-bootstrap', 'old', 'refs/heads/hub/nonproduction'),
    ]
    expect(rowsOf(oneTrustLevel, [...dev, ...applications, cluster('dev')])).toMatchInlineSnapshot(`
      "wrong trust level: dev of hub/nonproduction: 2 AppProjects, 1 Application, credentials of its cluster | wanted environments of hub/production alone: whoever administers an Argo CD can sync all that it reaches
        kubectl --context hub -n argocd get applications,appprojects -l opencore.dev/environment=dev # an Argo CD of its own for each hub
      wrong trust level: old of hub/nonproduction: 1 Application | wanted environments of hub/production alone: whoever administers an Argo CD can sync all that it reaches
        kubectl --context hub -n argocd get applications,appprojects -l opencore.dev/environment=old # an Argo CD of its own for each hub"
    `)
    expect(rowsOf(oneTrustLevel, [cluster('dev')])).toMatch(
      /^wrong trust level: dev of hub\/nonproduction: credentials of its cluster/,
    )
  })

  test('whose environment moves to this hub is not refused for what it still has of the other', () => {
    const moving = argocd('Application', 'prod-bootstrap', 'prod', 'refs/heads/hub/old')
    expect(rowsOf(oneTrustLevel, [moving])).toMatch(/^ok/)
  })
})

describe('a ref', () => {
  const refs = [{ ref: 'env/dev', environment: 'dev', releases: ['accounts', 'fees', 'limits'] }]
  const unseen = new Map([['env/dev', { hidden: 'git does not say; docs/first-cluster.md has the rules' }]])
  const heads = { value: new Map([['refs/heads/env/dev', '0123456789abcdef']]) }
  const look = (git: string, seen: Partial<SeenRefs>) =>
    showRows(describeRefs(git, refs, { heads, folders: new Map(), protections: unseen, ...seen }))

  test('is there, missing, or git does not say', () => {
    expect(look(wanted.git, {})).toMatchInlineSnapshot(`
      "ok ref env/dev: 0123456789ab | wanted a promotion on it, in https://github.com/bank/infrastructure.git
      cannot be seen ref env/dev: protection: git does not say; docs/first-cluster.md has the rules | wanted no deletion, no force push, and changes by approved pull requests alone
        gh api repos/bank/infrastructure/rules/branches/env%2Fdev # docs/first-cluster.md, 5, makes them"
    `)
    expect(look('/srv/git', { heads: { value: new Map() } })).toMatchInlineSnapshot(`
      "missing ref env/dev: nothing | wanted a promotion on it, in /srv/git
        opencore promote dev
      cannot be seen ref env/dev: protection: git does not say; docs/first-cluster.md has the rules | wanted no deletion, no force push, and changes by approved pull requests alone
        # ask whoever runs /srv/git"
    `)
    expect(look('/srv/git', { heads: { hidden: 'git says: no' } })).toMatch(
      /^cannot be seen ref env\/dev: git says: no/,
    )
  })

  test('has every release that is listed, or lacks some', () => {
    const folders = (...names: string[]) => ({ folders: new Map([['env/dev', { value: names }]]) })
    expect(look(wanted.git, folders('accounts', 'fees', 'limits', 'old'))).toContain(
      'ok ref env/dev: releases: all 3 |',
    )
    expect(look(wanted.git, folders('accounts'))).toContain(
      `missing ref env/dev: releases: without fees, limits | wanted all 3 that its hub lists
  opencore promote dev fees limits`,
    )
  })
})

test('a user who may see nothing gets a row for each', () => {
  const rows = hubChecks.flatMap((check) => check.rows(wanted, () => ({ hidden: 'this user may not' })))
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['cannot be seen']))
})
