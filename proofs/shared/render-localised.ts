import type { KubernetesObject } from '@opencore/cluster'
import { assemblePlatform, type PlatformInput, type Service } from '@opencore/model'
import type { Environment } from '@opencore/model/define'
import { readTree } from '@opencore/model/testing'
import { renderInputs } from './render-inputs.ts'
import { requestReleases } from './request-releases.ts'
import { root } from './root.ts'

/**
 * What releases of an environment of this repository render where its definition differs, as a cluster is given them. Throws
 * what the model or a chart refuses.
 * @param changes to services, by their names
 * @param extend files beside those of this repository
 */
export async function renderLocalised(
  name: string,
  releases: readonly string[],
  change: (definition: Environment) => Environment,
  changes: Readonly<Record<string, (service: Service) => Service>> = {},
  extend: (modules: PlatformInput['modules']) => PlatformInput['modules'] = (modules) => modules,
): Promise<KubernetesObject[]> {
  const tree = await readTree(root)
  const file = `environments/${name}/index.ts`
  const module = tree.modules[file] ?? {}
  const changed = Object.entries(changes).map(([service, edit]) => {
    const place = `environments/services/${service}.ts`
    const definitions = Object.entries(tree.modules[place] ?? {})
    return [place, Object.fromEntries(definitions.map(([key, value]) => [key, edit(value as Service)]))]
  })
  const modules = {
    ...tree.modules,
    ...(Object.fromEntries(changed) as typeof tree.modules),
    [file]: { ...module, environment: change(module['environment'] as Environment) },
  }
  const platform = assemblePlatform({ ...tree, modules: extend(modules) }, { environment: name })
  if (!platform.ok) throw new Error(JSON.stringify(platform.findings))
  const environment = platform.value.environments.find(({ definition }) => definition.name === name)
  if (environment === undefined) throw new Error(`${name} is no environment`)
  const requests = requestReleases(environment, (release) => releases.includes(release.name))
  const [input] = await renderInputs([environment], requests)
  return (input?.objects ?? []).map(({ object }) => object as KubernetesObject)
}
