import { entriesAt, itemsAt, textAt, valueAt } from '../read-value.ts'
import type { Labels } from './end.ts'
import { secret, type Manifest } from './made.ts'
import type { PartKind } from './part.ts'

/** With these nothing is made: what is there is changed, or left alone. */
const WITHOUT = ['Merge', 'None']

/**
 * External Secrets 2.9 writes one Secret: `spec.target.name`, else the name of the ExternalSecret. Keys and labels as
 * ApplyTemplate and setMetadata of pkg/controllers/externalsecret/externalsecret_controller_template.go; keys of a whole
 * entry (`dataFrom`) and of templates that are elsewhere are known to nobody here.
 */
export const externalSecrets: Pick<PartKind, 'makes'> = {
  makes: {
    'external-secrets.io/ExternalSecret': (external) => {
      const { name, namespace = 'default' } = external.metadata
      const target = valueAt(external, 'spec', 'target')
      if (WITHOUT.includes(textAt(target, 'creationPolicy') ?? '')) return []
      const labels = { ...labelsOf(external), 'reconcile.external-secrets.io/managed': 'true' }
      return [secret(textAt(target, 'name') ?? name, { namespace, labels }, keysOf(external))]
    },
  },
}

/** Those of the template, where there is one, and else those of the ExternalSecret itself. */
function labelsOf({ metadata, spec }: Manifest): Labels {
  const template = valueAt(spec, 'target', 'template')
  const entries =
    template === undefined ? entriesAt(metadata.labels) : entriesAt(template, 'metadata', 'labels')
  return Object.fromEntries(entries) as Labels
}

/** A template that has keys of its own replaces those that were read, unless it says that it merges. */
function keysOf({ spec }: Manifest): string[] {
  const read = itemsAt(spec, 'data').flatMap((each) => textAt(each, 'secretKey') ?? [])
  const template = valueAt(spec, 'target', 'template')
  const own = entriesAt(template, 'data').map(([key]) => key)
  const isWhole = own.length > 0 || itemsAt(template, 'templateFrom').length > 0
  return isWhole && textAt(template, 'mergePolicy') !== 'Merge' ? own : [...new Set([...read, ...own])]
}
