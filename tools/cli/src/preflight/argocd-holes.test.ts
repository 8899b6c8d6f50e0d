import type { KubernetesObject } from '@opencore/cluster'
import { describe, expect, test } from 'vitest'
import type { Check } from './check.ts'
import { applicationSetPolicy } from './hub/applicationset-policy.ts'
import type { HubWanted } from './hub/hub-wanted.ts'
import { impersonation } from './hub/impersonation.ts'
import { plugins } from './hub/plugins.ts'
import { repositoryCredentials } from './hub/repository-credentials.ts'
import { webhookCache } from './hub/webhook-cache.ts'
import { webhookSecrets } from './hub/webhook-secrets.ts'
import { configMap, lookAt, secret, someHub } from './test-support.ts'

// What an Argo CD may have been told that undoes what ours is built on.

const rowsOf = (check: Check<HubWanted>, ...objects: readonly KubernetesObject[]) =>
  lookAt(check, objects, someHub)

const deployment = (component: string, spec: object): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `argocd-${component}`, labels: { 'app.kubernetes.io/component': component } },
  spec: { template: { spec } },
})

describe('ApplicationSets', () => {
  const policy = (data: object, policies = ['create-update']) => {
    const named = Object.entries(data).map(([key, value]) => [
      `applicationsetcontroller.${key}`,
      value as string,
    ])
    const objects = [configMap('argocd-cmd-params-cm', Object.fromEntries(named) as Record<string, string>)]
    return lookAt(applicationSetPolicy, objects, { ...someHub, policies })
  }
  const override = 'enable.policy.override'

  test('decide by themselves where the controller has no policy, ours, or one that yields', () => {
    expect(policy({})).toMatch(/^ok argocd-cmd-params-cm: applicationsetcontroller\.policy: not set \|/)
    expect(policy({ policy: '', [override]: '' })).toMatch(/^ok/)
    expect(policy({ policy: 'create-update' })).toMatch(/^ok .*: create-update \|/)
    expect(policy({ policy: 'sync', [override]: 'True' })).toMatch(/^ok .*: sync \|/)
    expect(policy({ [override]: 'false' }, ['sync'])).toMatch(/^ok/)
    expect(rowsOf(applicationSetPolicy)).toMatch(/^ok/)
  })

  test('do not where it has another, or yields to none', () => {
    expect(policy({ policy: 'sync' })).toMatchInlineSnapshot(`
      "wrong argocd-cmd-params-cm: applicationsetcontroller.policy: sync, and no ApplicationSet may overrule it: sync for all | wanted not set, or overruled by ApplicationSets: theirs are create-update
        kubectl --context hub -n argocd patch configmap argocd-cmd-params-cm --type merge --patch '{"data":{"applicationsetcontroller.enable.policy.override":"true"}}' && kubectl --context hub -n argocd rollout restart deployment/argocd-applicationset-controller && kubectl --context hub -n argocd rollout status deployment/argocd-applicationset-controller"
    `)
    expect(policy({ [override]: 'false' })).toMatch(
      /^wrong .*: not set, and no ApplicationSet may overrule it: sync for all/,
    )
    expect(policy({ policy: 'create-update' }, ['sync', 'create-update'])).toMatch(/^wrong/)
    expect(policy({ policy: 'sync', [override]: 'yes' })).toMatch(/^wrong/)
  })
})

test('nothing has to be synced as an account that no project names', () => {
  const enabled = 'application.sync.impersonation.enabled'
  const enforced = 'application.sync.impersonation.enforced'
  const look = (data: Record<string, string>) => rowsOf(impersonation, configMap('argocd-cm', data))
  expect(look({})).toMatch(/^ok argocd-cm: application\.sync\.impersonation\.enabled: not on/)
  expect(look({ [enabled]: 'false' })).toMatch(/^ok/)
  expect(look({ [enabled]: 'true', [enforced]: 'false' })).toMatch(/^ok .*: on, and not enforced/)
  expect(look({ [enabled]: 'true' })).toMatchInlineSnapshot(`
    "wrong argocd-cm: application.sync.impersonation.enabled: true, and enforced | wanted false, or nothing is synced: projects name no account to sync as
      kubectl --context hub -n argocd patch configmap argocd-cm --type merge --patch '{"data":{"application.sync.impersonation.enabled":"false"}}'"
  `)
  expect(look({ [enabled]: 'true', [enforced]: 'no' })).toMatch(/^wrong/)
})

describe('beside the repo-server', () => {
  const mounted = (name: string, mountPath: string, more: object = {}) => ({
    name,
    volumeMounts: [{ name: 'plugins', mountPath }],
    ...more,
  })
  const own = mounted('argocd-repo-server', '/home/argocd/cmp-server/plugins')
  const copy = { name: 'copyutil', volumeMounts: [{ name: 'var-files', mountPath: '/var/run/argocd' }] }
  const look = (...containers: object[]) =>
    rowsOf(plugins, deployment('repo-server', { initContainers: [copy], containers: [own, ...containers] }))

  test('there is nothing, or what is no plugin', () => {
    expect(look()).toMatch(/^ok argocd-repo-server: plugins: none/)
    expect(look({ name: 'istio-proxy' })).toMatch(/^ok/)
    const chart = { name: 'repo-server', args: ['/usr/local/bin/argocd-repo-server'] }
    expect(rowsOf(plugins, deployment('repo-server', { containers: [chart] }))).toMatch(/^ok/)
    expect(rowsOf(plugins)).toMatch(/^missing argocd-repo-server: plugins: no repo-server in argocd/)
  })

  test('a plugin is refused, in whatever way it runs', () => {
    expect(look(mounted('cue', '/home/argocd/cmp-server/plugins/'))).toMatchInlineSnapshot(`
      "wrong argocd-repo-server: plugins: cue | wanted none: a folder may choose one, and no setting turns that off
        kubectl --context hub -n argocd patch deployment argocd-repo-server --patch '{"spec":{"template":{"spec":{"containers":[{"name":"cue","$patch":"delete"}]}}}}' # in its Helm chart: repoServer.extraContainers"
    `)
    expect(look(mounted('elsewhere', '/sockets'))).toMatch(/^wrong .*: elsewhere \|/)
    expect(look({ name: 'server', command: ['/var/run/argocd/argocd-cmp-server'] })).toMatch(/^wrong/)
    const stays = mounted('stays', '/sockets', { restartPolicy: 'Always' })
    const spec = { containers: [own], initContainers: [copy, stays] }
    expect(rowsOf(plugins, deployment('repo-server', spec))).toContain(
      `'{"spec":{"template":{"spec":{"initContainers":[{"name":"stays","$patch":"delete"}]}}}}'`,
    )
  })
})

describe('of a push', () => {
  const all = {
    'webhook.github.secret': 'a',
    'webhook.gitlab.secret': 'b',
    'webhook.gogs.secret': 'c',
    'webhook.bitbucket.uuid': 'd',
    'webhook.bitbucketserver.secret': 'e',
    'webhook.azuredevops.password': 'f',
  }

  test('only who knows a secret may speak, whatever host it says it is', () => {
    const there = rowsOf(webhookSecrets, secret('', 'argocd-secret', all))
    expect(there).toMatch(/^ok argocd-secret: webhooks: all there/)
    const some = { ...all, 'webhook.gogs.secret': '', 'webhook.gitlab.secret': undefined }
    const given = Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined))
    expect(rowsOf(webhookSecrets, secret('', 'argocd-secret', given as Record<string, string>)))
      .toMatchInlineSnapshot(`
        "wrong argocd-secret: webhooks: without webhook.gitlab.secret, webhook.gogs.secret | wanted a secret for each git host, used or not: without one, anybody can say that something was pushed
          for key in webhook.gitlab.secret webhook.gogs.secret; do head -c 24 /dev/urandom | base64 | jq -R --arg key "$key" '{stringData: {($key): .}}' | kubectl --context hub -n argocd patch secret argocd-secret --type merge --patch-file /dev/stdin; done && kubectl --context hub -n argocd rollout restart deployment/argocd-server && kubectl --context hub -n argocd rollout status deployment/argocd-server"
      `)
    expect(rowsOf(webhookSecrets)).toMatch(/^missing argocd-secret: webhooks: no such Secret/)
  })

  test('what it does not name is looked at all the same', () => {
    const name = 'ARGOCD_WEBHOOK_MANIFEST_CACHE_WARM_DISABLED'
    const look = (...env: object[]) =>
      rowsOf(webhookCache, deployment('server', { containers: [{ name: 'server', env }] }))
    expect(look({ name, value: 'true' })).toMatch(/^ok .*: true \|/)
    expect(look()).toMatchInlineSnapshot(`
      "wrong argocd-server: ARGOCD_WEBHOOK_MANIFEST_CACHE_WARM_DISABLED: not set, which is false | wanted true, or after a push that names no file of a release its old manifests count as the new ones
        kubectl --context hub -n argocd set env deployment/argocd-server ARGOCD_WEBHOOK_MANIFEST_CACHE_WARM_DISABLED=true"
    `)
    expect(look({ name, value: 'True' })).toMatch(/^wrong .*: "True" \|/)
    expect(look({ name, valueFrom: {} })).toMatch(/^cannot be seen/)
    expect(rowsOf(webhookCache)).toMatch(/^missing .*: no argocd-server in argocd/)
    expect(rowsOf(webhookCache, deployment('repo-server', {}))).toMatch(/^ok .*: no argocd-server, and so/)
  })
})

test('credentials of the repository are for every project, or for each', () => {
  const url = 'https://github.com/bank/infrastructure.git'
  const scoped = (project: string) => secret('repository', project, { url, project })
  expect(rowsOf(repositoryCredentials, scoped('shop'))).toMatch(
    /^wrong repository: for project shop alone: none for prod-bootstrap, prod-services \| .*\n {2}kubectl .* create secret/,
  )
  expect(rowsOf(repositoryCredentials, scoped('prod-services'))).toMatch(/: none for prod-bootstrap \|/)
  expect(rowsOf(repositoryCredentials, scoped('prod-services'), scoped('prod-bootstrap'))).toMatch(/^ok/)
  expect(rowsOf(repositoryCredentials, scoped('shop'), secret('repository', 'all', { url }))).toMatch(
    /^ok repository: Secret all/,
  )
  const prefix = secret('repo-creds', 'bank', { url: 'https://github.com/bank', project: 'shop' })
  expect(rowsOf(repositoryCredentials, scoped('shop'), prefix)).toMatch(/^ok repository: Secret bank/)
})
