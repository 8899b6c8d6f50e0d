import { madeKinds } from '@opencore/model'
import type { ClusterView } from '../cluster-view.ts'
import {
  ingressReferences,
  podReferences,
  reference,
  type ConfigurationReference,
} from '../configuration-references.ts'
import type { MadeObject } from '../made-objects.ts'
import { asText, isRecord, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'
import { grantsKeys } from '../secret-readers.ts'

/** Something that reads Secrets of its namespace. */
interface Reader {
  rendered: RenderedObject
  namespace: string
  references: readonly ConfigurationReference[]
}

export const secretDeclared: Rule = {
  id: 'SECRET_UNDECLARED',
  reason: 'Whoever may name a Secret in a pod reads it: a password of somebody else is one line away.',
  check: (cluster) => {
    const owners = new Map(
      cluster.made.filter(({ object }) => object.kind === 'Secret').map((made) => [keyOf(made), made]),
    )
    return listReaders(cluster).flatMap(({ rendered, namespace, references }) =>
      references.flatMap((reference) => {
        const owner = owners.get(`${namespace}/${reference.name}`)
        const isOwn = owner === undefined || owner.release === rendered.release
        const granted = cluster.secretReaders.get(rendered.release) ?? []
        if (reference.kind !== 'Secret' || isOwn || grantsKeys(granted, reference)) return []
        const keys = reference.keys ? `${reference.keys.join(', ')} of ` : ''
        return complain(rendered, {
          code: secretDeclared.id,
          found: `${describeObject(rendered.object)} reads ${keys}Secret ${reference.name} (${reference.path}), which ${owner.release} makes (${describeObject(owner.maker.object)})`,
          wanted: 'its own Secrets, and the keys that follow from what it uses',
          next: `say in the definition of ${rendered.release} what it uses, or remove the reference`,
        })
      }),
    )
  },
}

function listReaders(cluster: ClusterView): Reader[] {
  const others = (kind: string, list: (rendered: RenderedObject) => ConfigurationReference[]) =>
    cluster.objectsOf(kind).map((rendered) => ({
      rendered,
      namespace: rendered.object.metadata.namespace ?? 'default',
      references: list(rendered),
    }))
  return [
    ...cluster.pods.map((pod) => ({
      rendered: pod.owner,
      namespace: pod.namespace,
      references: podReferences(pod),
    })),
    ...[...new Set(madeKinds.map((kind) => kind.split('/')[1] ?? ''))].flatMap((kind) =>
      others(kind, ({ object }) => namedReferences(object['spec'], 'spec')),
    ),
    ...others('Ingress', ({ object }) => ingressReferences(object)),
    ...others('PushSecret', ({ object }) => pushed(object)),
  ]
}

/**
 * What an operator's resource hands on to its pods as it is: volumes and variables, wherever the kind has them. What of it is
 * in pods is the operator's to say.
 */
function namedReferences(value: unknown, path: string): ConfigurationReference[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => namedReferences(one, `${path}[${index}]`))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]): ConfigurationReference[] => {
    const at = `${path}.${key}`
    const field = fields[key]
    return field === undefined ? namedReferences(inner, at) : reference('Secret', inner, field, at)
  })
}

/** Where variables and volumes have the name of a Secret. */
const fields: Readonly<Record<string, string>> = {
  secretKeyRef: 'name',
  secretRef: 'name',
  secret: 'secretName',
}

/** What the External Secrets operator would carry out of the cluster. */
function pushed(object: RenderedObject['object']): ConfigurationReference[] {
  const name = asText(read(object, 'spec', 'selector', 'secret', 'name'))
  const path = 'spec.selector.secret.name'
  return name === undefined ? [] : [{ kind: 'Secret', name, path, isOptional: false }]
}

const keyOf = ({ object: { metadata } }: MadeObject) => `${metadata.namespace ?? 'default'}/${metadata.name}`
