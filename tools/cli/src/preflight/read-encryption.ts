import type { KubernetesClient } from '@opencore/cluster'
import type { Seen } from './row.ts'

/** How an API server has met Secrets since it started, by its own count. */
export interface SecretStorage {
  /** Providers by which it wrote some, as what it put before the text: `k8s:enc:secretbox:v1:`, or nothing of what was not encrypted. */
  written: readonly string[]
  /** The same of what it read; `identity` of what was not encrypted. */
  read: readonly string[]
  /** How many there are; not told in its first minute. */
  count: number | undefined
}

/** Ask for the metrics, which is a right of its own: the rule for `nonResourceURLs: [/metrics]`. */
export async function readEncryption(client: Pick<KubernetesClient, 'send'>): Promise<Seen<SecretStorage>> {
  const { status, body } = await client.send('GET', '/metrics')
  if (status === 403) return { hidden: 'this user may not get /metrics' }
  if (status !== 200 || typeof body !== 'string') return { hidden: `it answers ${status} to /metrics` }
  return { value: parseStorage(body) }
}

/** Prometheus' text format: a series a line, its labels in braces (https://prometheus.io/docs/instrumenting/exposition_formats/). */
const SERIES =
  /^apiserver_(storage_transformation_operations_total|(?:resource|storage)_objects)\{(.*)\} (\S+)$/gm

/** Kubernetes 1.36, storage/value/metrics.go: one series for each resource, direction, provider and status. */
function parseStorage(metrics: string): SecretStorage {
  const series = [...metrics.matchAll(SERIES)].map(([, name = '', labels = '', value = '']) => ({
    name,
    value: Number(value),
    labels: Object.fromEntries(
      [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', text = '']) => [key, text]),
    ),
  }))
  const ofSecrets = series.filter(({ labels }) => labels['resource'] === 'secrets' && !labels['group'])
  const prefixes = (direction: string) =>
    ofSecrets
      .filter(({ labels }) => labels['transformation_type'] === direction && labels['status'] === 'OK')
      .map(({ labels }) => labels['transformer_prefix'] ?? '')
  const count = ofSecrets.find(({ name }) => name.endsWith('_objects'))?.value
  return {
    written: prefixes('to_storage'),
    read: prefixes('from_storage'),
    count: count !== undefined && count >= 0 ? count : undefined,
  }
}
