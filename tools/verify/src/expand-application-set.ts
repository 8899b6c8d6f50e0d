import { failure, success, type Finding, type Result } from '@opencore/contract/findings'
import { asList, asRecord, asText, isRecord, read } from './read.ts'
import type { KubernetesObject } from './rendered-object.ts'

/** The only template construct that our ApplicationSets use: one key of the element, `{{ .release }}`. */
const field = /\{\{\s*\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g

/**
 * Applications that the ApplicationSet controller will make of a list generator with `goTemplate: true`
 * and `missingkey=error`, in the order of the elements. Fails, with every reason, on any other
 * generator, on a template that does more than name a key, and on a key that an element lacks.
 * `file` is the path of the ApplicationSet, for findings.
 */
export function expandApplicationSet(
  applicationSet: KubernetesObject,
  file: string,
): Result<KubernetesObject[]> {
  const { spec, metadata } = applicationSet
  const reject = (found: string): Finding => ({
    code: 'APPLICATION_SET_UNSUPPORTED',
    severity: 'error',
    at: { file },
    found: `ApplicationSet ${metadata.name} ${found}`,
    wanted: 'one list generator, and templates that only name keys of its elements: {{ .release }}',
    next: 'run: opencore generate',
  })
  const generators = asList(read(spec, 'generators'))
  const elements = asList(read(generators[0], 'list', 'elements'))
  const options = asList(read(spec, 'goTemplateOptions'))
  const problems = [
    ...(generators.length === 1 && isRecord(read(generators[0], 'list'))
      ? []
      : ['has no list generator, or more than one']),
    ...(read(spec, 'goTemplate') === true ? [] : ['does not set goTemplate']),
    ...(options.includes('missingkey=error') ? [] : ['does not set missingkey=error']),
    ...(read(spec, 'templatePatch') === undefined ? [] : ['has a templatePatch']),
  ]
  const applications = elements.map((element, index) => {
    const missing = new Set<string>()
    const filled = fillTemplate(read(spec, 'template'), asRecord(element), missing)
    problems.push(...[...missing].map((problem) => `${problem} (element ${index})`))
    return toApplication(filled, applicationSet)
  })
  return problems.length > 0 ? failure(problems.map(reject)) : success(applications)
}

/** Replace each key in every text of the template, also in the names of its own keys, as the controller does. */
function fillTemplate(
  template: unknown,
  element: Readonly<Record<string, unknown>>,
  problems: Set<string>,
): unknown {
  if (typeof template === 'string') return fillText(template, element, problems)
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, element, problems))
  if (!isRecord(template)) return template
  const entries = Object.entries(template).map(([key, value]) => [
    fillText(key, element, problems),
    fillTemplate(value, element, problems),
  ])
  return Object.fromEntries(entries) as Record<string, unknown>
}

function fillText(text: string, element: Readonly<Record<string, unknown>>, problems: Set<string>): string {
  if (text.replaceAll(field, '').includes('{{')) problems.add(`has the template "${text}"`)
  return text.replaceAll(field, (_, key: string) => {
    const value = Object.hasOwn(element, key) ? element[key] : undefined
    if (typeof value === 'string') return value
    problems.add(`names the key ${key}, which is no text`)
    return ''
  })
}

function toApplication(template: unknown, applicationSet: KubernetesObject): KubernetesObject {
  const metadata = asRecord(read(template, 'metadata'))
  const namespace = asText(metadata['namespace']) ?? applicationSet.metadata.namespace ?? 'argocd'
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      ...metadata,
      ...finalizersOf(metadata, applicationSet),
      name: asText(metadata['name']) ?? '',
      namespace,
    },
    spec: read(template, 'spec'),
  }
}

/** The controller lets a deletion cascade unless told otherwise (argo-cd, applicationset/utils RenderTemplateParams). */
function finalizersOf(metadata: Readonly<Record<string, unknown>>, { spec }: KubernetesObject) {
  const preserve = read(spec, 'syncPolicy', 'preserveResourcesOnDeletion') === true
  if (preserve || asList(metadata['finalizers']).length > 0) return {}
  return { finalizers: ['resources-finalizer.argocd.argoproj.io'] }
}
