import type { Path } from './json.ts'

/** A path as people write it: `resources.limits.memory`, `tolerations.0.key`, `labels["a.b/c"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'string' && !/^[\w-]+$/.test(step)) return `${text}["${step}"]`
    return text === '' ? String(step) : `${text}.${step}`
  }, '')
}

/**
 * The steps of a path that a person typed; the inverse of `formatPath`.
 * Steps that are whole numbers stay strings: only the node they meet says whether it is a list.
 */
export function parsePath(text: string): string[] {
  const steps = text.matchAll(/\["([^"]*)"\]|\['([^']*)'\]|\[(\d+)\]|([^.[\]]+)/g)
  return [...steps].map(([, double, single, index, plain]) => double ?? single ?? index ?? plain ?? '')
}
