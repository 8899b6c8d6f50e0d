import { expect, test } from 'vitest'
import { groupHubChanges } from './compare-hubs.ts'
import { formatDiff } from './format-diff.ts'

const set = (elements: object[], project = 'dev-services') => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name: 'dev-services', namespace: 'argocd' },
  spec: {
    generators: [{ list: { elements } }],
    template: { metadata: { name: 'dev-{{ .release }}' }, spec: { project } },
  },
})
const [cards, ledger] = [
  { release: 'cards', team: 'payments' },
  { release: 'ledger', team: 'ledger' },
]

test('an Application that comes to be listed, or is not any more, is named', () => {
  expect(formatDiff(groupHubChanges([set([cards])], [set([ledger])]))).toBe(
    'goes away\n  - Application.argoproj.io argocd/dev-cards\nnew\n  + Application.argoproj.io argocd/dev-ledger',
  )
})

test('what is otherwise of one is said, and what is otherwise of all', () => {
  expect(formatDiff(groupHubChanges([set([cards])], [set([{ ...cards, team: 'cards' }], 'other')]))).toBe(
    [
      'other fields',
      '  ~ Application.argoproj.io argocd/dev-cards: team: "payments" -> "cards"',
      '  ~ ApplicationSet.argoproj.io argocd/dev-services: spec.template.spec.project: "dev-services" -> "other"',
    ].join('\n'),
  )
})

test('what is no list of releases is compared as it is', () => {
  const odd = (elements: unknown) => ({ ...set([]), spec: { generators: [{ list: { elements } }, 'x'] } })
  expect(formatDiff(groupHubChanges([odd([1])], [odd([2, 3])]))).toBe(
    'other fields\n  ~ ApplicationSet.argoproj.io argocd/dev-services: spec.generators: a list of 2 items -> a list of 2 items',
  )
  expect(groupHubChanges([odd('a')], [odd('a')])).toEqual([])
})
