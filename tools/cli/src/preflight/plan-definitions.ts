import { groupOf, isObject, readApiSources, type ApiCatalogue, type ApiSource } from '@opencore/contract'
import type { KubernetesObject } from '@opencore/cluster'
import { modulePin, workspaceRoot } from '@opencore/toolchain'
import { asText, read, type RenderedObject } from '@opencore/verify'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { DefinitionSource } from './cluster/cluster-wanted.ts'

/** Where the definitions of the kinds that these objects have come from: apis.yaml, and the pins of its modules. */
export async function planDefinitions(
  catalogue: Pick<ApiCatalogue, 'crds' | 'skipped'>,
  objects: readonly RenderedObject[],
): Promise<DefinitionSource[]> {
  const text = await readFile(join(workspaceRoot(), 'tools', 'contract', 'apis.yaml'), 'utf8')
  const used = new Set(objects.map(({ object }) => kindOf(object.apiVersion.split('/')[0], object.kind)))
  const groups = new Set(objects.map(({ object }) => groupOf(object)))
  return readApiSources(text).flatMap((source): DefinitionSource[] => {
    const skipped = catalogue.skipped.find((each) => each.source === source.name)
    if (skipped?.group !== undefined && groups.has(skipped.group))
      return [{ name: source.name, definitions: [], unreachable: skipped.reason, ...locate(source) }]
    const definitions = catalogue.crds
      .filter((crd) => crd.source === source.name && isObject(crd.manifest['spec']))
      .map(({ manifest }) => manifest as KubernetesObject)
      .filter((manifest) =>
        used.has(kindOf(read(manifest, 'spec', 'group'), read(manifest, 'spec', 'names', 'kind'))),
      )
    return definitions.length === 0 ? [] : [{ name: source.name, definitions, ...locate(source) }]
  })
}

const kindOf = (group: unknown, kind: unknown) => `${asText(group) ?? ''}/${asText(kind) ?? ''}`

/** A module's files lie in Go's cache, checked against go.sum. */
function locate(source: ApiSource): Pick<DefinitionSource, 'version' | 'before' | 'files'> {
  if ('url' in source)
    return { version: source.mirror, files: Object.keys(source.files).map((file) => `${source.url}/${file}`) }
  const { folder, version } = modulePin(source.module)
  const place = relative(workspaceRoot(), folder)
  return {
    version: `${source.module} ${version}`,
    before: `d=$(go -C ${place} list -m -f '{{.Dir}}' ${source.module})`,
    files: (source.crds ?? []).map((file) => `"$d/${file}"`),
  }
}
