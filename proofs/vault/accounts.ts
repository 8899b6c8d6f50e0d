import type { KubernetesClient } from '@opencore/cluster'

/** An account of a pod. */
export interface Account {
  namespace: string
  name: string
}

const fieldManager = 'proofs'

/** Make an account, and its namespace where that is not there. */
export async function makeAccount(client: KubernetesClient, { namespace, name }: Account): Promise<void> {
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { fieldManager })
  await client.apply(
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    { fieldManager },
  )
}

/** A token of an account as the kubelet asks for it, and External Secrets; for the Kubernetes API without an audience. */
export async function requestToken(
  client: KubernetesClient,
  { namespace, name }: Account,
  audience?: string,
): Promise<string> {
  const spec = { expirationSeconds: 600, ...(audience !== undefined && { audiences: [audience] }) }
  const { status, body } = await client.send(
    'POST',
    `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    {
      type: 'application/json',
      value: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec },
    },
  )
  const token = (body as { status?: { token?: string } }).status?.token
  if (token === undefined) throw new Error(`no token for ${namespace}/${name}: ${status}`)
  return token
}
