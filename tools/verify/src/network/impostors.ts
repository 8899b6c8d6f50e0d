import { describeSelector, matchesSelector, type Labels, type LabelSelector } from '../label-selector.ts'
import type { End } from './network-end.ts'
import type { PeerSelector } from './network-policy.ts'

/** What the API server calls every namespace by. */
const NAME = 'kubernetes.io/metadata.name'

/**
 * Strangers that a peer of a rule lets through beside the ends that it was meant for: pods that carry the labels it asks
 * for, in namespaces where nobody known does. One for each such namespace, and one for a namespace that nobody declared.
 */
export function listImpostors(
  peer: PeerSelector,
  matching: readonly End[],
  namespaces: ReadonlyMap<string, Labels>,
): End[] {
  // One namespace alone, the policy's own or another: who is known there is who the rule is for.
  if ('cidr' in peer || peer.namespaces === undefined || NAME in peer.namespaces.matchLabels) return []
  const { pods, namespaces: wanted } = peer
  const labels = satisfy(pods)
  if (!matchesSelector(labels, pods)) return []
  const taken = new Set(matching.map(({ namespace }) => namespace))
  return [...namespaces, ...listUndeclared(wanted, namespaces)]
    .filter(([name, own]) => !taken.has(name) && matchesSelector(own, wanted))
    .map(([namespace, namespaceLabels]) => ({
      name: undefined,
      title: `any pod with ${describeSelector(pods)} of ${namespace === '' ? 'any namespace' : `namespace ${namespace}`}`,
      namespace,
      labels,
      namespaceLabels,
      ports: [],
    }))
}

/** Namespaces that nobody declared, with the labels that a selector asks for: those that it names, or else any. */
function listUndeclared(
  selector: LabelSelector,
  declared: ReadonlyMap<string, Labels>,
): (readonly [name: string, labels: Labels])[] {
  const named = selector.matchExpressions.find(({ key, operator }) => key === NAME && operator === 'In')
  const names = named ? named.values.filter((name) => !declared.has(name)) : ['']
  return names.map((name) => [name, { ...satisfy(selector), [NAME]: name }])
}

/** The fewest labels that a selector asks for. */
function satisfy({ matchLabels, matchExpressions }: LabelSelector): Labels {
  const asked = matchExpressions.flatMap(({ key, operator, values: [value = 'any'] }) =>
    operator === 'In' || operator === 'Exists' ? [[key, value] as const] : [],
  )
  return { ...Object.fromEntries(asked), ...matchLabels }
}
