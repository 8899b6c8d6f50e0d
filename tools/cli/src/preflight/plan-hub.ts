import type { KubernetesObject } from '@opencore/cluster'
import type { ApiCatalogue } from '@opencore/contract'
import { hubRef } from '@opencore/plan'
import { moduleVersion } from '@opencore/toolchain'
import { asText, describeEnvironment, read, viewObjects, type RenderedObject } from '@opencore/verify'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Refusal } from '../output/refusal.ts'
import { readArgocd } from '../verify/read-argocd.ts'
import type { DefinitionsWanted } from './cluster/cluster-wanted.ts'
import type { HubWanted, Lesson } from './hub/hub-wanted.ts'
import { planDefinitions } from './plan-definitions.ts'
import type { PreflightRequest } from './preflight-request.ts'

/** What the generated tree and the model want of a hub, and of which kinds its objects are. */
export async function planHub(
  { root, platform, environments, context }: PreflightRequest,
  catalogue: ApiCatalogue,
): Promise<{ wanted: HubWanted; kinds: DefinitionsWanted }> {
  const { git, namespace } = platform.defaults.delivery
  const [first] = environments
  if (first === undefined) throw new Error('a preflight of no environment')
  const objects = (
    await Promise.all(
      environments.map(async ({ definition }) => {
        const argocd = await readArgocd(root, definition.name)
        if (!argocd.ok) throw new Refusal(argocd.findings)
        return argocd.value.objects
      }),
    )
  ).flat()
  return {
    wanted: {
      context,
      namespace,
      tested: moduleVersion('github.com/argoproj/argo-cd/v3'),
      git,
      hub: hubRef(first),
      hubs: new Map(platform.environments.map((one) => [one.definition.name, hubRef(one)])),
      environments: environments.map(({ definition, tier }) => ({
        name: definition.name,
        signingKeys: tier.delivery.signingKeys ?? [],
      })),
      projects: namesOf(objects, 'AppProject', 'metadata', 'name'),
      policies: namesOf(objects, 'ApplicationSet', 'spec', 'syncPolicy', 'applicationsSync'),
      lessons: await readLessons(root),
    },
    kinds: {
      context,
      view: viewObjects(describeEnvironment(first, objects, [])),
      sources: await planDefinitions(catalogue, objects),
    },
  }
}

/** What objects of a kind say in a field, each once. */
function namesOf(objects: readonly RenderedObject[], kind: string, ...path: readonly string[]): string[] {
  const own = objects.filter(({ object }) => object.kind === kind)
  return [...new Set(own.flatMap(({ object }) => asText(read(object, ...path)) ?? []))]
}

const LESSONS = { 'health checks': 'argocd/health-checks.yaml', notifications: 'argocd/notifications.yaml' }

/** The generated ConfigMaps that a hub learns from. */
export async function readLessons(root: string): Promise<Lesson[]> {
  return Promise.all(
    Object.entries(LESSONS).map(async ([what, file]) => {
      const configMap = parse(await readFile(join(root, file), 'utf8')) as KubernetesObject
      return { what, file, configMap }
    }),
  )
}
