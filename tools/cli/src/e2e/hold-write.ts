import type { KubernetesClient } from '@opencore/cluster'
import { issue, makeAuthority } from '@opencore/cluster/certificates'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

const CONFIGURATION = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'hold' },
}

/**
 * Hold the writes of one object: the API server asks a webhook about them, which never answers. Resolves `reached` when
 * one is under way, so that whoever wrote it can be killed between this object and the one before it.
 */
export async function holdWrite(
  client: KubernetesClient,
  { group, resource, name }: { group: string; resource: string; name: string },
): Promise<{ reached: Promise<unknown>; release: () => Promise<void> }> {
  const authority = await makeAuthority('hold')
  const { certificate, key } = await issue(authority, 'CN=hold', [{ type: 'ip', value: '127.0.0.1' }])
  const server = createServer({ cert: certificate, key })
  const reached = once(server, 'request')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const caBundle = Buffer.from(authority.certificate.toString('pem')).toString('base64')
  const webhook = {
    name: 'hold.opencore.dev',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    failurePolicy: 'Fail',
    timeoutSeconds: 30,
    clientConfig: { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, caBundle },
    rules: [
      { apiGroups: [group], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: [resource] },
    ],
    matchConditions: [{ name: 'named', expression: `object.metadata.name == '${name}'` }],
  }
  await client.apply({ ...CONFIGURATION, webhooks: [webhook] }, { fieldManager: 'test' })
  return {
    reached,
    release: async () => {
      await client.delete(CONFIGURATION)
      server.closeAllConnections()
      server.close()
    },
  }
}
