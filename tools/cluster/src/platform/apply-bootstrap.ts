import { parseAllDocuments } from 'yaml'
import type { ApplyOptions, KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { FIELD_MANAGER } from './platform-context.ts'

/** Apply the objects of a file that an environment is begun with to the hub, in the order of the file. */
export async function applyBootstrap(
  hub: KubernetesClient,
  text: string,
  options: ApplyOptions = { fieldManager: FIELD_MANAGER },
): Promise<void> {
  for (const document of parseAllDocuments(text)) {
    const object = document.toJS() as KubernetesObject | null
    if (object !== null) await hub.apply(object, options)
  }
}
