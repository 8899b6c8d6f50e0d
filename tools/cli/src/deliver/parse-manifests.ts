import { parseAllDocuments } from 'yaml'

/** Most releases are the same on both sides of whatever is compared, and reading YAML is most of the work. */
const known = new Map<string, readonly unknown[]>()

/**
 * The documents of a rendered file that are not empty, as Kubernetes reads YAML: 1.1, in which `0440` is octal. Nobody may
 * change them: the same text gives the same objects. Whoever may push to a ref may write anything: what cannot be read is one
 * document, which is text and no object.
 */
export function parseManifests(text: string): readonly unknown[] {
  const documents = known.get(text) ?? readDocuments(text)
  known.set(text, documents)
  return documents
}

function readDocuments(text: string): readonly unknown[] {
  try {
    return parseAllDocuments(text, { version: '1.1' })
      .map((document) => document.toJS() as unknown)
      .filter((value) => value !== null)
  } catch {
    // An alias of nothing, a bomb of them, a merge of what is no map.
    return [text]
  }
}
