import { parseAllDocuments } from 'yaml'

/** The documents of a rendered file that are not empty, as Kubernetes reads YAML: 1.1, in which `0440` is octal. */
export function parseManifests(text: string): unknown[] {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS() as unknown)
    .filter((value) => value !== null)
}
