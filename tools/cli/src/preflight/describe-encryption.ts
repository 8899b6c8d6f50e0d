import { kubectl } from './commands.ts'
import type { SecretStorage } from './read-encryption.ts'
import { hidden, judge, ok, wrong, type Row, type Seen } from './row.ts'

/** What every provider puts before what it encrypted; inside it is the name of a key, which says nothing. */
const ENCRYPTED = 'k8s:enc:'

/** Whether Secrets lie encrypted in etcd: by how this API server wrote and read them since it started. */
export function describeEncryption(context: string, seen: Seen<SecretStorage>): Row {
  const again = `${kubectl(context, 'get secrets --all-namespaces -o json')} | ${kubectl(context, 'replace -f -')}`
  const subject = {
    what: 'Secrets in etcd',
    wanted: 'encrypted by the API server',
    next: `# https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/, or the KMS of its maker; then, for those that are there:\n${again}`,
  }
  return judge(subject, seen, ({ written, read, count }) => {
    const encrypted = [...new Set([...written, ...read].filter((prefix) => prefix.startsWith(ENCRYPTED)))]
    const providers = encrypted.map((prefix) => prefix.replace(/:$/, '')).join(', ')
    if (written.includes('')) return wrong(subject, 'some were written as they are')
    if (encrypted.length > 0)
      return read.includes('identity')
        ? hidden(subject, `${providers}; some were read as they are, and may have been written again since`)
        : ok(subject, providers)
    if (read.includes('identity') || (count ?? 0) > 0)
      return wrong(subject, 'those that are there lie as they are')
    return hidden(subject, count === 0 ? 'there is none yet' : 'it has met none since it started')
  })
}
