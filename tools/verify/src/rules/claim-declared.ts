import type { ClusterView } from '../cluster-view.ts'
import { podOf } from '../pods.ts'
import { asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const claimDeclared: Rule = {
  id: 'CLAIM_UNDECLARED',
  reason:
    'Whoever may name a claim in a pod mounts it: the files of a database of somebody else are one line away.',
  check: (cluster) => {
    const claims = listOwnedClaims(cluster)
    return cluster.objects.flatMap((rendered) =>
      listReferences(rendered).flatMap(({ verb, isClaim, text, path }) => {
        const namespace = rendered.object.metadata.namespace ?? 'default'
        const others = claims.filter(({ owner }) => owner.release !== rendered.release)
        const owned = others.find((claim) => claim.namespace === namespace && isClaim(claim))
        if (owned === undefined) return []
        return complain(rendered, {
          code: claimDeclared.id,
          found: `${describeObject(rendered.object)} ${verb} claim ${text} (${path}), which ${owned.owner.release} makes (${describeObject(owned.owner.object)})`,
          wanted: 'claims of its own, since there are no rights to a part of a volume',
          next: `give it a volume of its own, and let it ask ${owned.owner.release} for what it needs`,
        })
      }),
    )
  },
}

/** A claim, or all claims of one template of a StatefulSet, whose names have an ordinal more. */
interface Claim {
  namespace: string
  name: string
  isTemplate: boolean
  owner: RenderedObject
}

function listOwnedClaims(cluster: ClusterView): Claim[] {
  return cluster.owned.flatMap(({ rendered: { object }, owner }): Claim[] => {
    const namespace = object.metadata.namespace ?? 'default'
    if (object.kind === 'PersistentVolumeClaim')
      return [{ namespace, name: object.metadata.name, isTemplate: false, owner }]
    return templatesOf(object).map(({ name }) => ({ namespace, name, isTemplate: true, owner }))
  })
}

interface Reference {
  verb: 'mounts' | 'copies'
  isClaim: (claim: Claim) => boolean
  text: string
  path: string
}

/** Claims that an object names: volumes of its pods, what a StatefulSet would find there, and what is copied. */
function listReferences(rendered: RenderedObject): Reference[] {
  const { object } = rendered
  const pod = podOf({ ...rendered, object: { ...object, spec: withoutTemplates(object['spec']) } })
  const volumes = asList(pod?.spec['volumes']).flatMap((volume, index): Reference[] => {
    const path = `${pod?.path ?? ''}.volumes[${index}]`
    const name = asText(read(volume, 'persistentVolumeClaim', 'claimName'))
    const copy = read(volume, 'ephemeral', 'volumeClaimTemplate', 'spec')
    const mounted = name === undefined ? [] : [named('mounts', name, `${path}.persistentVolumeClaim`)]
    return [...mounted, ...copies(copy, `${path}.ephemeral.volumeClaimTemplate.spec`)]
  })
  const own = object.kind === 'PersistentVolumeClaim' ? copies(object['spec'], 'spec') : []
  const templates = templatesOf(object).flatMap(({ name, spec, path }): Reference[] => [
    {
      verb: 'mounts',
      isClaim: (claim) => (claim.isTemplate ? claim.name === name : isOrdinalOf(name, claim.name)),
      text: `${name}-<ordinal>`,
      path,
    },
    ...copies(spec, `${path}.spec`),
  ])
  return [...volumes, ...own, ...templates]
}

function named(verb: Reference['verb'], name: string, path: string): Reference {
  const isClaim = (claim: Claim) => (claim.isTemplate ? isOrdinalOf(claim.name, name) : claim.name === name)
  return { verb, isClaim, text: name, path }
}

function copies(spec: unknown, path: string): Reference[] {
  return ['dataSource', 'dataSourceRef'].flatMap((field) => {
    const name = asText(read(spec, field, 'name'))
    const isClaim = read(spec, field, 'kind') === 'PersistentVolumeClaim'
    return name !== undefined && isClaim ? [named('copies', name, `${path}.${field}`)] : []
  })
}

function templatesOf({ kind, metadata, spec }: RenderedObject['object']) {
  const templates = kind === 'StatefulSet' ? asList(read(spec, 'volumeClaimTemplates')) : []
  return templates.map((template, index) => ({
    name: `${asText(read(template, 'metadata', 'name')) ?? ''}-${metadata.name}`,
    spec: read(template, 'spec'),
    path: `spec.volumeClaimTemplates[${index}]`,
  }))
}

const isOrdinalOf = (template: string, name: string) =>
  name.startsWith(`${template}-`) && /^\d+$/.test(name.slice(template.length + 1))

const withoutTemplates = (spec: unknown) =>
  typeof spec === 'object' && spec !== null ? { ...spec, volumeClaimTemplates: undefined } : spec
