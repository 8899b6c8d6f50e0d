import { asList, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'
import { grantsKeys, type ReadableSecret } from '../secret-readers.ts'

export const secretGrantDeclared: Rule = {
  id: 'SECRET_GRANT_UNDECLARED',
  reason: 'A role that lets pods mount a Secret opens it, whatever its service says that it uses.',
  check: (cluster) =>
    cluster.objectsOf('Role', 'ClusterRole').flatMap((rendered) => {
      const granted = cluster.secretReaders.get(rendered.release) ?? []
      return listMounted(rendered)
        .filter((mounted) => mounted.name === anySecret || !grantsKeys(granted, mounted))
        .map(({ name, keys }) =>
          complain(rendered, {
            code: secretGrantDeclared.id,
            found: `${describeObject(rendered.object)} lets pods mount ${keys ? `${keys.join(', ')} of ` : ''}${name === anySecret ? 'every Secret' : `Secret ${name}`}, which nothing that ${rendered.release} uses asks for`,
            wanted: 'the Secrets that follow from what it uses',
            next: `say in the definition of ${rendered.release} what it uses, or take the rule away`,
          }),
        )
    }),
}

const anySecret = '*'

/** The Secrets that a role lets pods mount: the verb is the platform's own, and `*` has it, too. */
function listMounted({ object }: RenderedObject): ReadableSecret[] {
  const texts = (rule: unknown, field: string) =>
    asList(read(rule, field)).filter((item) => typeof item === 'string')
  return asList(object['rules']).flatMap((rule) => {
    const verbs = texts(rule, 'verbs')
    const groups = texts(rule, 'apiGroups')
    const resources = texts(rule, 'resources')
    if (!verbs.some((verb) => verb === 'mount' || verb === '*')) return []
    if (!groups.some((group) => group === '' || group === '*')) return []
    const isWhole = resources.some((resource) => resource === 'secrets' || resource === '*')
    const keys = resources.flatMap(
      (resource) => /^secrets\/(?<key>.+)$/.exec(resource)?.groups?.['key'] ?? [],
    )
    if (!isWhole && keys.length === 0) return []
    const names = texts(rule, 'resourceNames')
    return (names.length > 0 ? names : [anySecret]).map((name) => ({ name, ...(!isWhole && { keys }) }))
  })
}
