import type { KubernetesObject } from '@opencore/cluster'
import { asList, asRecord, asText, read, type RenderedObject } from '@opencore/verify'
import type { Answers, Check, Query } from '../check.ts'
import { kubectl } from '../commands.ts'
import { hidden, missing, ok, wrong, type Row } from '../row.ts'
import type { DefinitionSource, DefinitionsWanted } from './cluster-wanted.ts'
import { findUnknownField } from './find-unknown-field.ts'

const SHOWN = 3

/** What every object has, whatever its definition says. */
const COMMON: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata'])

const definition = (name: string): Query => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name,
})

/** Operators' kinds: each served at the version that releases use, with every field that they set. */
export const definitions: Check<DefinitionsWanted> = {
  reads: ({ sources }) =>
    sources.flatMap((source) => source.definitions.map(({ metadata }) => definition(metadata.name))),
  rows: (wanted, answers) => wanted.sources.map((source) => describeSource(wanted, source, answers)),
}

function describeSource(
  { context, view }: DefinitionsWanted,
  source: DefinitionSource,
  answers: Answers,
): Row {
  const apply = kubectl(context, `apply --server-side ${source.files.map((file) => `-f ${file}`).join(' ')}`)
  const subject = {
    what: `definitions of ${source.name}`,
    wanted: `its kinds, as of ${source.version}`,
    next: source.before === undefined ? apply : `${source.before} && ${apply}`,
  }
  if (source.unreachable !== undefined)
    return hidden(subject, `its source is not reached from here: ${source.unreachable}`)
  const absent: string[] = []
  const differing: string[] = []
  for (const { metadata, ...own } of source.definitions) {
    const seen = answers(definition(metadata.name))
    if ('hidden' in seen) return hidden(subject, seen.hidden)
    const [there] = seen.value
    if (there === undefined) absent.push(metadata.name)
    else differing.push(...compare(there, view.objectsOf(asText(read(own, 'spec', 'names', 'kind')) ?? '')))
  }
  if (absent.length > 0) return missing(subject, `without ${list(absent)}`)
  return differing.length > 0
    ? wrong(subject, list(differing))
    : ok(subject, 'all, with every field that is set')
}

/** What a definition does not have of what is rendered. */
function compare(there: KubernetesObject, rendered: readonly RenderedObject[]): string[] {
  const group = asText(read(there, 'spec', 'group')) ?? ''
  const versions = asList(read(there, 'spec', 'versions'))
  const lacks = rendered.flatMap(({ object }): string[] => {
    const [ofGroup, name = ''] = object.apiVersion.split('/')
    if (ofGroup !== group) return []
    const version = versions.find((each) => read(each, 'name') === name)
    if (read(version, 'served') !== true) return [`${object.kind} is not served at ${name}`]
    const schema = asRecord(read(version, 'schema', 'openAPIV3Schema'))
    const fields = Object.fromEntries(Object.entries(object).filter(([key]) => !COMMON.has(key)))
    const unknown = findUnknownField(schema, fields)
    return unknown === undefined ? [] : [`${object.kind} has no ${unknown} at ${name}`]
  })
  return [...new Set(lacks)]
}

function list(items: readonly string[]): string {
  const more = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : ''
  return `${items.slice(0, SHOWN).join(', ')}${more}`
}
