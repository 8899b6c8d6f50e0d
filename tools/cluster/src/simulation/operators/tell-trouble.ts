import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { CustomResource } from '../../kubernetes/custom-resource.ts'

/** On a resource: the generation that its pods run. Stages of kinds that operators make something of wait for it. */
const MADE = 'opencore.dev/made'
/** On a resource: what its pods, Services or claims wait for, or why they are refused. */
export const TROUBLE = 'opencore.dev/trouble'

/** Write down what a resource waits for, or that all of it runs. Argo CD compares what it applied, so annotations of ours are no drift. */
export async function tellTrouble(
  client: KubernetesClient,
  resource: CustomResource,
  trouble: string | undefined,
): Promise<void> {
  const { annotations = {}, generation = 0 } = resource.metadata
  const wanted =
    trouble === undefined ? { [MADE]: String(generation), [TROUBLE]: null } : { [TROUBLE]: trouble }
  if (Object.entries(wanted).every(([key, value]) => (annotations[key] ?? null) === value)) return
  await client.send('PATCH', await client.pathOf(resource), {
    type: 'application/merge-patch+json',
    value: { metadata: { annotations: wanted } },
  })
}
