import { join } from 'node:path'
import type { ClientName } from '../control-plane/make-certificates.ts'
import { adminConnection, apiServer } from '../control-plane/api-server.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { createClient } from '../kubernetes/client.ts'
import { writeKubeconfig } from '../kubernetes/write-kubeconfig.ts'
import type { PlatformContext } from './platform-context.ts'

/** A serving API server. */
export interface StartedApiServer {
  client: KubernetesClient
  /** Paths of a kubeconfig for each kind of client. */
  kubeconfigs: Record<ClientName, string>
}

interface ApiServerPlace {
  name: string
  port: number
  /** Of its kubeconfigs. */
  namespace?: string
  /** Where real nodes reach it; loopback where there are none. */
  host?: string | undefined
}

/** Start one API server of the platform; `name` also names its prefix in etcd and its kubeconfigs. */
export async function startApiServer(
  { layout, spec, ports, certificates, processes }: PlatformContext,
  { name, port, host, namespace = 'default' }: ApiServerPlace,
): Promise<StartedApiServer> {
  const connection = adminConnection(port, certificates, host)
  const write = async (file: string, client: ClientName) => {
    await writeKubeconfig(file, {
      name,
      namespace,
      connection: { ...connection, ...certificates.clients[client] },
    })
    return file
  }
  const kubeconfigs = {
    admin: await write(join(layout.kubeconfigs, `${name}.yaml`), 'admin'),
    'kube-controller-manager': await write(
      join(layout.certificates, `${name}-controller-manager.yaml`),
      'kube-controller-manager',
    ),
    'kube-scheduler': await write(join(layout.certificates, `${name}-scheduler.yaml`), 'kube-scheduler'),
  }
  await processes.start(
    'server',
    apiServer({
      command: spec.tools['kube-apiserver'],
      name,
      port,
      ...(host !== undefined && { host }),
      etcdPort: ports.shared.etcd,
      certificates,
    }),
  )
  return { client: createClient(connection), kubeconfigs }
}
