import { listReaders } from '../configuration-readers.ts'
import type { MadeObject } from '../made-objects.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'
import { grantsKeys } from '../secret-readers.ts'

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

const keyOf = ({ object: { metadata } }: MadeObject) => `${metadata.namespace ?? 'default'}/${metadata.name}`
