import { manifestKindKey } from '@opencore/contract'
import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { readReleases, renderReleases, toRequests } from '@opencore/renderer'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import {
  describeEnvironment,
  readObjects,
  type EnvironmentInput,
  type RenderedObject,
} from '@opencore/verify'
import { root } from '../../shared/root.ts'

const silent = () => undefined

/** Every environment of `argocd/` as `opencore verify` hands it to its rules. */
export async function renderEnvironments(): Promise<EnvironmentInput[]> {
  const [platform, releases] = [assemblePlatform(await readTree(root)), readReleases(root)]
  if (!platform.ok) throw new Error(JSON.stringify(platform.findings))
  if (!releases.ok) throw new Error(JSON.stringify(releases.findings))
  const { kinds } = await loadApiCatalogue(silent)
  const isNamespaced = (apiVersion: string, kind: string) =>
    kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ?? false
  const byId = new Map(
    releases.value.map((release) => [`${release.environment}/${release.release}`, release]),
  )
  const objects: RenderedObject[] = []
  for await (const answer of renderReleases(toRequests(root, releases.value), silent)) {
    const release = byId.get(answer.id)
    if (!release || answer.error !== undefined)
      throw new Error(`${answer.id}: ${answer.error ?? 'nobody asked'}`)
    const read = readObjects({ ...release, documents: answer.objects }, isNamespaced)
    if (!read.ok) throw new Error(JSON.stringify(read.findings))
    objects.push(...read.value)
  }
  return platform.value.environments.map((environment) =>
    describeEnvironment(
      environment,
      objects.filter((object) => object.environment === environment.definition.name),
      [],
    ),
  )
}
