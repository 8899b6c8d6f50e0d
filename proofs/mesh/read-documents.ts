import type { KubernetesObject } from '@opencore/cluster'
import { parseAllDocuments } from 'yaml'

/** The objects of a stream of YAML; empty documents are none. */
export function readDocuments(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null)
}
