import { groupBy } from '@opencore/contract'
import type { DeclaredFlow, Peer } from './declared-flow.ts'
import { indexByLabels } from './label-index.ts'
import type { Labels, LabelSelector } from './label-selector.ts'
import { listMadeObjects, type MadeObject } from './made-objects.ts'
import { listOperands, type Operand } from './operands.ts'
import { podOf, type Pod } from './pods.ts'
import { asLabels, asText, read } from './read.ts'
import type { Project } from './read-projects.ts'
import type { RenderedObject } from './rendered-object.ts'
import type { ReadableSecret } from './secret-readers.ts'

/** Everything the rules know about one environment. */
export interface EnvironmentInput {
  environment: string
  tier: 'development' | 'staging' | 'production'
  objects: readonly RenderedObject[]
  flows: readonly DeclaredFlow[]
  peers: readonly Peer[]
  /** Objects of releases that are declared and not there yet: whom those that are there may let in already. */
  absent?: readonly RenderedObject[]
  projects: readonly Project[]
  /** What the graph lets pods read, by release. */
  secretReaders: ReadonlyMap<string, readonly ReadableSecret[]>
  /** As what the enforcer of network policies sees the API server: as each of these it has to be open. */
  apiServerSeenAs: readonly ('service' | 'endpoints' | 'entity')[]
}

/** An object that will be there. */
export interface OwnedObject {
  rendered: RenderedObject
  /** Itself, or the resource that an operator makes it of. */
  owner: RenderedObject
}

/** The input with look-ups of its objects. */
export interface ObjectView extends EnvironmentInput {
  pods: readonly Pod[]
  /** What operators will make of rendered objects. */
  made: readonly MadeObject[]
  /** Every object and what operators will make, each with the rendered object that it follows from. */
  owned: readonly OwnedObject[]
  /** The kinds of pods among it. */
  operands: readonly Operand[]
  /** The pods of a namespace that a selector matches. */
  podsMatching(namespace: string, selector: LabelSelector): readonly Pod[]
  /** The same of pods that operators make. */
  operandsMatching(namespace: string, selector: LabelSelector): readonly Operand[]
  objectsOf(...kinds: readonly string[]): readonly RenderedObject[]
  /** The rendered object, if a release makes it. */
  find(kind: string, namespace: string | undefined, name: string): RenderedObject | undefined
  /** Whether a release or an operator makes the object. */
  exists(kind: string, namespace: string | undefined, name: string): boolean
  namespaceLabels(namespace: string): Labels
}

/** Prepare the objects of an environment. Test hooks are left out: Argo CD never creates them. */
export function viewObjects(input: EnvironmentInput): ObjectView {
  const objects = input.objects.filter((rendered) => !isTestHook(rendered))
  const byKind = groupBy(objects, ({ object }) => object.kind)
  const byKey = new Map(objects.map((rendered) => [keyOf(rendered), rendered]))
  const pods = objects.map(podOf).filter((pod) => pod !== undefined)
  const made = listMadeObjects(objects)
  const operands = listOperands(made)
  const madeKeys = new Set(made.map(keyOf))
  const find = (kind: string, namespace: string | undefined, name: string) =>
    byKey.get(key(kind, namespace, name))
  return {
    ...input,
    objects,
    pods,
    made,
    owned: [
      ...objects.map((rendered) => ({ rendered, owner: rendered })),
      ...made.map((rendered) => ({ rendered, owner: rendered.maker })),
    ],
    operands,
    podsMatching: indexByNamespace(pods),
    operandsMatching: indexByNamespace(operands),
    objectsOf: (...kinds) => kinds.flatMap((kind) => byKind.get(kind) ?? []),
    find,
    exists: (kind, namespace, name) =>
      madeKeys.has(key(kind, namespace, name)) || find(kind, namespace, name) !== undefined,
    namespaceLabels: (namespace) => ({
      ...asLabels(find('Namespace', undefined, namespace)?.object.metadata.labels),
      // Set by the API server on every namespace (KEP-2161).
      'kubernetes.io/metadata.name': namespace,
    }),
  }
}

function indexByNamespace<T extends { namespace: string; labels: Labels }>(
  pods: readonly T[],
): (namespace: string, selector: LabelSelector) => readonly T[] {
  const namespaces = groupBy(pods, ({ namespace }) => namespace)
  const indexes = new Map([...namespaces].map(([namespace, members]) => [namespace, indexByLabels(members)]))
  return (namespace, selector) => indexes.get(namespace)?.(selector) ?? []
}

function isTestHook({ object }: RenderedObject): boolean {
  const hook = asText(read(object.metadata.annotations, 'helm.sh/hook')) ?? ''
  return hook.split(',').some((event) => event.trim().startsWith('test'))
}

const keyOf = ({ object: { kind, metadata } }: RenderedObject) => key(kind, metadata.namespace, metadata.name)
const key = (...parts: readonly (string | undefined)[]) => parts.map((part) => part ?? '').join('\u0000')
