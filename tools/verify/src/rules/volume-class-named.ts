import { groupBy } from '@opencore/contract'
import { podOf } from '../pods.ts'
import { asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const volumeClassNamed: Rule = {
  id: 'VOLUME_WITHOUT_CLASS',
  reason:
    "A volume without a class is of the cluster's default one, which differs between clusters, may be slow or unencrypted, and may not be there.",
  check: (cluster) => {
    if (cluster.tier !== 'production') return []
    const found = cluster.owned.flatMap(({ rendered, owner }) =>
      listClaims(rendered)
        .filter(({ claim }) => !namesClass(claim))
        .map(({ name }) => ({ name, rendered, owner })),
    )
    // Every instance that an operator makes has the same.
    return [
      ...groupBy(found, ({ owner }) => `${owner.release} ${describeObject(owner.object)}`).values(),
    ].map((all) => toFinding(all))
  },
}

interface Found {
  /** What asks for the volume, as messages call it. */
  name: string
  rendered: RenderedObject
  owner: RenderedObject
}

function toFinding(all: readonly Found[]) {
  const [{ name, rendered, owner }, ...more] = all as [Found, ...Found[]]
  const made = rendered === owner ? '' : ` (made of ${describeObject(owner.object)})`
  const others = more.length === 0 ? '' : `, and ${more.length} more`
  return complain(owner, {
    code: volumeClassNamed.id,
    found: `${name}${made}${others}: no storage class`,
    wanted: 'in production a class for every volume, and not what the cluster takes where none is named',
    next: 'name the class in the values of the release, or for all of its chart in environments/tiers/production.ts',
  })
}

/** Every claim that an object is or brings: templates of a StatefulSet, and volumes that live as long as a pod. */
function listClaims(rendered: RenderedObject): { name: string; claim: unknown }[] {
  const { object } = rendered
  const described = describeObject(object)
  const ephemeral = asList(podOf(rendered)?.spec['volumes']).flatMap((volume) => {
    const claim = read(volume, 'ephemeral', 'volumeClaimTemplate', 'spec')
    return claim === undefined ? [] : [{ name: `volume ${nameOf(volume)} of ${described}`, claim }]
  })
  if (object.kind === 'PersistentVolumeClaim')
    return [{ name: described, claim: read(object, 'spec') }, ...ephemeral]
  const templates = object.kind === 'StatefulSet' ? asList(read(object, 'spec', 'volumeClaimTemplates')) : []
  return [
    ...templates.map((template) => ({
      name: `claim ${nameOf(read(template, 'metadata'))} of ${described}`,
      claim: read(template, 'spec'),
    })),
    ...ephemeral,
  ]
}

/** A volume that is there already needs none. */
function namesClass(claim: unknown): boolean {
  return (
    asText(read(claim, 'storageClassName')) !== undefined || asText(read(claim, 'volumeName')) !== undefined
  )
}

const nameOf = (named: unknown) => asText(read(named, 'name')) ?? ''
