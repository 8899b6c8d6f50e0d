import { describe, expect, test } from 'vitest'
import { compareApplications } from './compare-applications.ts'
import { expandApplicationSet } from './expand-application-set.ts'
import type { KubernetesObject } from './rendered-object.ts'

const file = 'argocd/dev/applicationsets/services.yaml'
const element = { release: 'accounts', chart: 'service', version: '0.1.0', namespace: 'banking-services' }

function applicationSet(
  spec: Record<string, unknown> = {},
  elements: unknown[] = [element],
): KubernetesObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'dev-services', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements } }],
      template: {
        metadata: { name: 'dev-{{ .release }}', labels: { 'example.org/{{.chart}}': 'yes' } },
        spec: {
          project: 'dev-services',
          sources: [{ targetRevision: '{{ .version }}', helm: { values: '$values/{{.release}}' } }],
        },
      },
      ...spec,
    },
  }
}

function expand(set: KubernetesObject): KubernetesObject[] {
  const result = expandApplicationSet(set, file)
  if (!result.ok) throw new Error(JSON.stringify(result.findings))
  return result.value
}

const problems = (set: KubernetesObject) => {
  const result = expandApplicationSet(set, file)
  return result.ok ? [] : result.findings.map(({ found }) => found)
}

describe(expandApplicationSet, () => {
  test('fills names, keys and nested texts of the template', () => {
    expect(expand(applicationSet())).toEqual([
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: {
          name: 'dev-accounts',
          namespace: 'argocd',
          labels: { 'example.org/service': 'yes' },
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
        spec: {
          project: 'dev-services',
          sources: [{ targetRevision: '0.1.0', helm: { values: '$values/accounts' } }],
        },
      },
    ])
  })

  test('adds no finalizer where resources are preserved', () => {
    const [application] = expand(applicationSet({ syncPolicy: { preserveResourcesOnDeletion: true } }))
    expect(application?.metadata).not.toHaveProperty('finalizers')
  })

  test('names every reason at once', () => {
    const set = applicationSet({ goTemplate: false, goTemplateOptions: [], templatePatch: 'x' }, [
      { release: 'accounts' },
    ])
    expect(problems(set)).toEqual([
      'ApplicationSet dev-services does not set goTemplate',
      'ApplicationSet dev-services does not set missingkey=error',
      'ApplicationSet dev-services has a templatePatch',
      'ApplicationSet dev-services names the key chart, which is no text (element 0)',
      'ApplicationSet dev-services names the key version, which is no text (element 0)',
    ])
  })

  test.each(['{{ .a | upper }}', '{{- .release }}', '{{ if .x }}', '{{ index .a 0 }}'])(
    'refuses %s',
    (text) => {
      const set = applicationSet({ template: { metadata: { name: text } } })
      expect(problems(set)).toEqual([`ApplicationSet dev-services has the template "${text}" (element 0)`])
    },
  )

  test('refuses other generators', () => {
    expect(problems(applicationSet({ generators: [{ git: {} }] }))).toEqual([
      'ApplicationSet dev-services has no list generator, or more than one',
    ])
  })
})

describe(compareApplications, () => {
  const expected = expand(applicationSet({}, [element, { ...element, release: 'ledger' }]))
  const made = structuredClone(expected)

  test('finds nothing where the controller made the same, with fields of the API server added', () => {
    const actual = made.map((application) => ({
      ...application,
      metadata: { ...application.metadata, uid: '1', generation: 2 },
      status: { sync: {} },
    }))
    expect(compareApplications(expected, actual, file)).toEqual([])
  })

  test('names what is missing, surplus and different', () => {
    const [first] = structuredClone(made)
    if (first === undefined) throw new Error('no application')
    first['spec'] = {
      project: 'default',
      sources: [{ targetRevision: '0.1.0', helm: { values: '$values/accounts' } }],
    }
    const surplus = { ...first, metadata: { name: 'dev-cards' } }
    const found = compareApplications(expected, [first, surplus], file).map((finding) => finding.found)
    expect(found).toEqual([
      'Application dev-accounts has spec.project "default"',
      'Application dev-ledger was not made',
      'Application dev-cards was made',
    ])
  })
})
