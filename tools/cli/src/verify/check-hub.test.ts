import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { workspaceRoot } from '@opencore/toolchain'
import type { KubernetesObject } from '@opencore/verify'
import { describe, expect, test } from 'vitest'
import { checkHub } from './check-hub.ts'
import { readArgocd } from './read-argocd.ts'

const root = workspaceRoot()
const assembled = assemblePlatform(await readTree(root))
if (!assembled.ok) throw new Error('the environments of this checkout do not assemble')
const { environments, defaults } = assembled.value

/** What is said of an environment's own objects, after a change to each of a kind. */
async function judge(environment: string, change?: (text: string) => string): Promise<string[]> {
  const found = environments.find(({ definition }) => definition.name === environment)
  const argocd = await readArgocd(root, environment)
  if (!found || !argocd.ok) throw new Error(environment)
  const objects = argocd.value.objects.map((rendered) => {
    const text = JSON.stringify(rendered.object)
    return { ...rendered, object: JSON.parse(change?.(text) ?? text) as KubernetesObject }
  })
  const wanted = { ...found.tier.delivery, environment, git: defaults.delivery.git }
  return checkHub(wanted, objects).map(({ code, found: text }) => `${code}: ${text}`)
}

describe(checkHub, () => {
  test.each(environments.map(({ definition }) => definition.name))(
    'takes what is generated for %s',
    async (name) => {
      expect(await judge(name)).toEqual([])
    },
  )

  test.each<[what: string, from: RegExp, to: string, said: string]>([
    ['every repository', /"sourceRepos":\["[^"]*"\]/, '"sourceRepos":["*"]', 'it lets * through'],
    [
      'every namespace',
      /"namespace":"cert-manager"\}\]/,
      '"namespace":"*"}]',
      'it lets {"name":"prod-eu-west-1","namespace":"*"} through',
    ],
    [
      'another cluster',
      /"name":"prod-eu-west-1","namespace":"cert-manager"/,
      '"name":"*","namespace":"cert-manager"',
      'it lets {"name":"*","namespace":"cert-manager"} through',
    ],
    ['every kind', /"kind":"ClusterIssuer"/, '"kind":"*"', 'it lets * through'],
    [
      'Applications',
      /"group":"cert-manager.io","kind":"Certificate"/,
      '"group":"argoproj.io","kind":"Application"',
      'it lets argoproj.io through',
    ],
    ['whoever signs', /"sourceIntegrity":/, '"forgotten":', 'sourceIntegrity is not set'],
    ['no check of signatures', /"mode":"head"/, '"mode":"none"', 'sourceIntegrity is {"git":'],
    ['windows for nobody', /"applications":\["\*"\]/, '"applications":[]', 'syncWindows is ['],
    ['rights to delete', /, get, prod/, ', delete, prod', 'it lets p, proj:'],
    [
      'rights over all',
      /, sync, prod-eu-west-1-([a-z]+)\/[a-z0-9-]+,/,
      ', sync, prod-eu-west-1-$1/*,',
      'it lets p, proj:',
    ],
    [
      'objects made anew',
      /"ServerSideApply=true"/,
      '"ServerSideApply=true","Replace=true"',
      'it syncs with Replace=true',
    ],
    ['changes by hand', /"selfHeal":true/, '"selfHeal":false', 'syncPolicy.automated.selfHeal is false'],
    ['what left git', /"prune":true/, '"prune":false', 'syncPolicy.automated.prune is false'],
    [
      'deletions',
      /"preserveResourcesOnDeletion":true/,
      '"preserveResourcesOnDeletion":false',
      'preserveResourcesOnDeletion is false',
    ],
    [
      'deletions of Applications',
      /"applicationsSync":"create-update"/,
      '"applicationsSync":"sync"',
      'applicationsSync is "sync"',
    ],
    [
      'changes of an Application',
      /\/spec\/syncPolicy\/automated\/enabled/,
      '/spec/source',
      'ignoreApplicationDifferences is [',
    ],
  ])('refuses what lets %s through', async (_, from, to, said) => {
    const findings = await judge('prod-eu-west-1', (text) => text.replace(from, to))
    expect(findings.filter((finding) => finding.includes(said))).not.toEqual([])
  })
})
