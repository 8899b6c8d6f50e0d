import { stringify } from 'yaml'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { Connection } from './connection.ts'

/** Write a kubeconfig with one context (`name`), readable by its owner alone: it holds a private key. */
export async function writeKubeconfig(
  file: string,
  { name, connection, namespace = 'default' }: { name: string; connection: Connection; namespace?: string },
): Promise<void> {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      {
        name,
        cluster: { server: connection.server, 'certificate-authority-data': base64(connection.authority) },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    users: [
      {
        name,
        user: {
          'client-certificate-data': base64(connection.certificate),
          'client-key-data': base64(connection.key),
        },
      },
    ],
  }
  await writeFileAtomically(file, stringify(config), 0o600)
}
