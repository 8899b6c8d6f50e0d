import type { Leaf, Owner } from '@opencore/contract'
import type { Release } from '../assemble/platform.ts'
import { formatPath } from '../format-path.ts'
import type { Path } from '../json.ts'

/** Who may set a value, and how it is changed. */
export interface Ownership {
  owner: Owner
  description: string
  unit?: string
  /** The field that it sets past the values of the chart, where it is part of a patch over what is rendered. */
  patches?: string
  /** The name of the object, where the patch is for one of several of its kind. */
  patchedObject?: string
  /** One sentence for whoever wants another value. */
  change: string
}

/** The owner of the value at `path`; a value inside a key that is set as a whole has the owner of that key. */
export function ownerOf({ environment, name, chart }: Release, path: Path): Ownership {
  const leaf = leafAt(chart.contract.leaves, path)
  const owner = leaf ? ownerInside(leaf, path) : 'platform'
  const change: Record<Owner, string> = {
    team: `the service's team, in environments/${environment}/overrides/${name}.yaml`,
    platform: `the platform team, in environments/${environment}/index.ts or a weaker layer`,
    graph: `nobody: it is derived from ${leaf?.derivation ?? 'what services declare in `uses` and `exposes`'}`,
  }
  return {
    owner,
    description: leaf?.description ?? '',
    ...(leaf?.unit !== undefined && { unit: leaf.unit }),
    ...patchedField(leaf, path),
    change: change[owner],
  }
}

/** Of a patch that has the name of an object, the object too. */
function patchedField(leaf: Leaf | undefined, path: Path): Pick<Ownership, 'patches' | 'patchedObject'> {
  if (leaf?.patch === undefined) return {}
  const below = path.slice(depthOf(leaf))
  if (leaf.patch === 'each') return { patches: formatPath(['spec', ...below]) }
  const [name, ...field] = below
  if (name === undefined) return {}
  return { patches: formatPath(['spec', ...field]), patchedObject: String(name) }
}

/** Names of a map, and keys of its values, may have another owner than the map. */
function ownerInside(leaf: Leaf, path: Path): Owner {
  const [name, key] = path.slice(depthOf(leaf)).map(String)
  if (name !== undefined && leaf.teamNames !== undefined && !new RegExp(leaf.teamNames, 'u').test(name))
    return 'platform'
  return (key === undefined ? undefined : leaf.inside?.[key]) ?? leaf.owner
}

const depthOf = ({ pointer }: Leaf) => pointer.split('/').length - 1

/** The key that a path leads to or through. */
function leafAt(leaves: readonly Leaf[], path: Path): Leaf | undefined {
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return leaves.find((leaf) => pointer === leaf.pointer || pointer.startsWith(`${leaf.pointer}/`))
}
