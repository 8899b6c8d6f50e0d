import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openArgocd } from './argocd-command.ts'
import { root } from './opencore.ts'

interface Project {
  metadata: { name: string }
  spec: { roles?: { name: string; groups: string[]; policies: string[] }[] }
}

let argocd: Awaited<ReturnType<typeof openArgocd>>
let policies: string

beforeAll(async () => {
  argocd = await openArgocd()
  policies = await argocd.write('policy.csv', await readPolicies())
})
afterAll(() => argocd.close())

/** All projects of the tree, as Argo CD strings a project's roles together (ProjectPoliciesString). */
async function readPolicies(): Promise<string> {
  const files = await glob('argocd/*/projects/*.yaml', { cwd: root })
  const projects = await Promise.all(
    files.map(async (file) => parse(await readFile(join(root, file), 'utf8')) as Project),
  )
  const lines = projects.flatMap(({ metadata, spec }) =>
    (spec.roles ?? []).flatMap((role) => [
      ...role.policies,
      ...role.groups.map((group) => `g, ${group}, proj:${metadata.name}:${role.name}`),
    ]),
  )
  return `${lines.join('\n')}\n`
}

async function may(group: string, action: string, what: string, resource = 'applications'): Promise<string> {
  const rbac = ['settings', 'rbac', 'can', group, action, resource, what]
  return argocd.ask(...rbac, '--use-builtin-policy=false', '--policy-file', policies)
}

describe('groups of a team, as Argo CD reads the projects', () => {
  it('all policies are well formed', async () => {
    expect(await argocd.ask('settings', 'rbac', 'validate', '--policy-file', policies)).toBe(
      'Policy is valid.',
    )
  })

  it.each([
    ['accounts-engineers', 'sync', 'prod-eu-west-1-services/prod-eu-west-1-accounts'],
    ['accounts-engineers', 'get', 'prod-eu-west-1-data/prod-eu-west-1-accounts-db'],
    ['accounts-support', 'get', 'prod-eu-west-1-services/prod-eu-west-1-customers'],
    ['auditors', 'get', 'prod-eu-west-1-services/prod-eu-west-1-ledger'],
    ['platform-engineers', 'sync', 'dev-foundation/dev-foundation'],
  ])('%s may %s %s', async (group, action, what) => {
    expect(await may(group, action, what)).toBe('Yes')
  })

  it.each([
    ['accounts-engineers', 'sync', 'prod-eu-west-1-services/prod-eu-west-1-ledger'],
    ['accounts-engineers', 'get', 'dev-services/dev-payments'],
    ['accounts-support', 'sync', 'dev-services/dev-accounts'],
    ['accounts-engineers', 'override', 'dev-services/dev-accounts'],
    ['accounts-engineers', 'delete', 'prod-eu-west-1-services/prod-eu-west-1-accounts'],
    ['accounts-engineers', 'update', 'prod-eu-west-1-services/prod-eu-west-1-accounts'],
    ['accounts-engineers', 'create', 'prod-eu-west-1-services/prod-eu-west-1-other'],
  ])('%s may not %s %s', async (group, action, what) => {
    expect(await may(group, action, what)).toBe('No')
  })

  it.each([
    ['exec', 'create'],
    ['applicationsets', 'create'],
    ['repositories', 'create'],
  ])('nobody gets %s', async (resource, action) => {
    const what = 'prod-eu-west-1-services/prod-eu-west-1-accounts'
    expect(await may('accounts-engineers', action, what, resource)).toBe('No')
  })
})
