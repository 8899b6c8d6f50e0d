import { asLabels, asList, asRecord, asText, read } from './read.ts'

export type Labels = Readonly<Record<string, string>>

/** One condition of `matchExpressions`. */
interface Requirement {
  key: string
  operator: string
  values: readonly string[]
}

/** A Kubernetes label selector. Without any condition it matches everything. */
export interface LabelSelector {
  matchLabels: Labels
  matchExpressions: readonly Requirement[]
}

/** Reads `{matchLabels, matchExpressions}`; parts that are missing or malformed do not constrain. */
export function readSelector(value: unknown): LabelSelector {
  return {
    matchLabels: asLabels(read(value, 'matchLabels')),
    matchExpressions: asList(read(value, 'matchExpressions'))
      .map(asRecord)
      .map((term) => ({
        key: asText(term['key']) ?? '',
        operator: asText(term['operator']) ?? '',
        values: asList(term['values']).filter((item) => typeof item === 'string'),
      })),
  }
}

/** The selector that demands exactly these labels, as in a Service. */
export function selectLabels(value: unknown): LabelSelector {
  return { matchLabels: asLabels(value), matchExpressions: [] }
}

/** Whether labels satisfy every condition (`k8s.io/apimachinery` labels.Requirement: a missing key satisfies NotIn). */
export function matchesSelector(labels: Labels, { matchLabels, matchExpressions }: LabelSelector): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => own(labels, key) === value) &&
    matchExpressions.every((requirement) => satisfies(labels, requirement))
  )
}

function satisfies(labels: Labels, { key, operator, values }: Requirement): boolean {
  const value = own(labels, key)
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** A selector as `kubectl` prints it. */
export function describeSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  const terms = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) =>
      values.length > 0 ? `${key} ${operator} (${values.join(', ')})` : `${key} ${operator}`,
    ),
  ]
  return terms.length > 0 ? terms.join(', ') : 'everything'
}

const own = (labels: Labels, key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined)
