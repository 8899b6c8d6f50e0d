import type { KubernetesObject } from '@opencore/cluster'
import { parseAllDocuments } from 'yaml'

/** The objects of an operator's own manifest. */
export function readManifest(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null)
}
