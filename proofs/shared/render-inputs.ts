import { manifestKindKey } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { renderReleases, type RenderRequest } from '@opencore/renderer'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import {
  describeEnvironment,
  readObjects,
  type EnvironmentInput,
  type RenderedObject,
} from '@opencore/verify'

const silent = () => undefined

/**
 * Environments as `opencore verify` hands them to its rules.
 * @param requests what their releases are rendered from, each called `<environment>/<release>`
 */
export async function renderInputs(
  environments: readonly PlatformEnvironment[],
  requests: readonly RenderRequest[],
): Promise<EnvironmentInput[]> {
  const { kinds } = await loadApiCatalogue(silent)
  const isNamespaced = (apiVersion: string, kind: string) =>
    kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ?? false
  const namespaces = new Map(requests.map(({ id, namespace }) => [id, namespace]))
  const objects: RenderedObject[] = []
  for await (const { id, objects: documents, error } of renderReleases(requests, silent)) {
    if (error !== undefined) throw new Error(`${id}: ${error}`)
    const [environment = '', release = ''] = id.split('/')
    const namespace = namespaces.get(id) ?? ''
    const read = readObjects({ environment, release, namespace, documents }, isNamespaced)
    if (!read.ok) throw new Error(JSON.stringify(read.findings))
    objects.push(...read.value)
  }
  return environments.map((environment) =>
    describeEnvironment(
      environment,
      objects.filter((object) => object.environment === environment.definition.name),
      [],
    ),
  )
}
