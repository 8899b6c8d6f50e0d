import { parseAllDocuments } from 'yaml'

/** Most releases are the same on both sides of whatever is compared, and reading YAML is most of the work. */
const known = new Map<string, readonly unknown[]>()

/**
 * The documents of a rendered file that are not empty, as Kubernetes reads YAML: 1.1, in which `0440` is octal. Nobody may
 * change them: the same text gives the same objects.
 */
export function parseManifests(text: string): readonly unknown[] {
  const documents =
    known.get(text) ??
    parseAllDocuments(text, { version: '1.1' })
      .map((document) => document.toJS() as unknown)
      .filter((value) => value !== null)
  known.set(text, documents)
  return documents
}
