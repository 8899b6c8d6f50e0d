import { isObject } from '@opencore/contract'
import { compareObjects, groupChanges, type ChangeGroup, type ComparedObject } from '@opencore/delivery'

/**
 * What changes among Argo CD's own objects, as `diff` groups it: an ApplicationSet's list is told by the Applications that it
 * makes.
 */
export const groupHubChanges = (
  before: readonly ComparedObject[],
  after: readonly ComparedObject[],
): ChangeGroup[] =>
  groupChanges(compareObjects(before.flatMap(listApplications), after.flatMap(listApplications)))

/** An ApplicationSet without the elements of its list, and an Application for each. */
function listApplications(object: ComparedObject): ComparedObject[] {
  const { spec } = object as { spec?: unknown }
  if (object.kind !== 'ApplicationSet' || !isObject(spec) || !Array.isArray(spec['generators']))
    return [object]
  const generators = spec['generators'].map(readList)
  const made = generators.flatMap(({ elements }) => elements)
  const rest = { ...object, spec: { ...spec, generators: generators.map((one) => one.rest) } }
  const name = nameOfTemplate(spec)
  return [
    rest,
    ...made.map(({ release, ...element }) => ({
      ...element,
      apiVersion: object.apiVersion,
      kind: 'Application',
      metadata: { ...object.metadata, name: name.replace(RELEASE, String(release)), labels: {} },
    })),
  ]
}

const RELEASE = /\{\{ *\.release *\}\}/

function nameOfTemplate(spec: Record<string, unknown>): string {
  const { template } = spec as { template?: { metadata?: { name?: unknown } } }
  const name = template?.metadata?.name
  return typeof name === 'string' && RELEASE.test(name) ? name : '{{.release}}'
}

function readList(generator: unknown): { rest: unknown; elements: Record<string, unknown>[] } {
  if (!isObject(generator) || !isObject(generator['list']) || !Array.isArray(generator['list']['elements']))
    return { rest: generator, elements: [] }
  const { elements, ...list } = generator['list'] as { elements: unknown[] }
  const named = elements.filter((one) => isObject(one)).filter(({ release }) => typeof release === 'string')
  const others = elements.filter((one) => !named.includes(one as (typeof named)[number]))
  return {
    rest: { ...generator, list: { ...list, ...(others.length > 0 && { elements: others }) } },
    elements: named,
  }
}
