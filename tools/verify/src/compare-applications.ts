import type { Finding } from '@opencore/contract'
import { asRecord, isRecord } from './read.ts'
import type { KubernetesObject } from './rendered-object.ts'

/** Parts of the metadata that come from a template; the rest is the API server's. */
const templated = ['labels', 'annotations', 'finalizers'] as const

/**
 * Differences between the Applications that an ApplicationSet expands to and those that the real
 * controller made: one finding per field, by path. Empty when they agree. `file` is the ApplicationSet.
 */
export function compareApplications(
  expected: readonly KubernetesObject[],
  actual: readonly KubernetesObject[],
  file: string,
): Finding[] {
  const byName = new Map(actual.map((application) => [application.metadata.name, application]))
  const names = new Set(expected.map(({ metadata }) => metadata.name))
  const differ = (name: string, found: string, wanted: string): Finding => ({
    code: 'APPLICATION_SET_DIFFERS',
    severity: 'error',
    at: { file },
    found: `Application ${name} ${found}`,
    wanted,
    next: 'compare what the ApplicationSet controller made with the expansion of the file',
  })
  const surplus = actual.filter(({ metadata }) => !names.has(metadata.name))
  return [
    ...expected.flatMap((application) => {
      const { name } = application.metadata
      const found = byName.get(name)
      if (found === undefined) return differ(name, 'was not made', 'one Application for each element')
      return diffValues(partsOf(application), partsOf(found), '').map(({ path, left, right }) =>
        differ(name, `has ${path} ${print(right)}`, print(left)),
      )
    }),
    ...surplus.map(({ metadata }) =>
      differ(metadata.name, 'was made', 'no Application that no element names'),
    ),
  ]
}

function partsOf({ metadata, ['spec']: spec }: KubernetesObject) {
  const fields = asRecord(metadata)
  return { ...Object.fromEntries(templated.map((key) => [key, fields[key] ?? undefined])), spec }
}

interface Difference {
  path: string
  left: unknown
  right: unknown
}

function diffValues(left: unknown, right: unknown, path: string): Difference[] {
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length)
    return left.flatMap((item, index) => diffValues(item, right[index], `${path}[${index}]`))
  if (isRecord(left) && isRecord(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
    return keys.flatMap((key) => diffValues(left[key], right[key], path === '' ? key : `${path}.${key}`))
  }
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, left, right }]
}

const print = (value: unknown) => (value === undefined ? 'not set' : JSON.stringify(value))
