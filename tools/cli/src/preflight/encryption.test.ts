import { expect, test } from 'vitest'
import { describeEncryption } from './describe-encryption.ts'
import { readEncryption } from './read-encryption.ts'
import { showRows } from './test-support.ts'

/** The row where the API server's metrics are these lines. */
async function rowOf(...lines: readonly string[]): Promise<string> {
  const send = () => Promise.resolve({ status: 200, body: `${lines.join('\n')}\n`, warnings: [] })
  return showRows([describeEncryption('dev', await readEncryption({ send }))])
}

const series = (direction: string, prefix: string, resource = 'secrets', status = 'OK') =>
  `apiserver_storage_transformation_operations_total{resource="${resource}",status="${status}",transformation_type="${direction}",transformer_prefix="${prefix}"} 3`
const objects = (count: number, name = 'resource') =>
  `apiserver_${name}_objects{${name === 'resource' ? 'group="",' : ''}resource="secrets"} ${count}`

test('Secrets that are encrypted, as they are written or as they were read', async () => {
  const written = series('to_storage', 'k8s:enc:kms:v2:vault:')
  expect(await rowOf(written, series('from_storage', 'k8s:enc:kms:v2:vault:'), objects(9))).toMatch(
    /^ok Secrets in etcd: k8s:enc:kms:v2:vault \| wanted encrypted by the API server$/m,
  )
  const key = series('from_storage', 'first:')
  expect(await rowOf(series('from_storage', 'k8s:enc:secretbox:v1:'), key)).toMatch(
    /^ok .*: k8s:enc:secretbox:v1 /,
  )
})

test('Secrets that are not', async () => {
  expect(await rowOf(series('to_storage', ''), objects(1))).toMatchInlineSnapshot(`
    "wrong Secrets in etcd: some were written as they are | wanted encrypted by the API server
      # https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/, or the KMS of its maker; then, for those that are there:
    kubectl --context dev get secrets --all-namespaces -o json | kubectl --context dev replace -f -"
  `)
  expect(await rowOf(series('from_storage', 'identity'))).toMatch(
    /^wrong .*: those that are there lie as they are/,
  )
  expect(await rowOf(objects(2))).toMatch(/^wrong .*: those that are there lie as they are/)
  expect(await rowOf(objects(2, 'storage'))).toMatch(/^wrong/)
  const others = series('to_storage', 'k8s:enc:secretbox:v1:', 'configmaps')
  expect(await rowOf(others, objects(2))).toMatch(/^wrong/)
  const failed = series('to_storage', 'k8s:enc:kms:v2:vault:', 'secrets', 'Unavailable')
  expect(await rowOf(failed, objects(2))).toMatch(/^wrong/)
})

test('what the metrics do not tell', async () => {
  expect(await rowOf(objects(0))).toMatch(/^cannot be seen Secrets in etcd: there is none yet/)
  expect(await rowOf(objects(-1))).toMatch(/^cannot be seen .*: it has met none since it started/)
  const written = series('to_storage', 'k8s:enc:aescbc:v1:')
  expect(await rowOf(written, series('from_storage', 'identity'))).toMatch(
    /^cannot be seen .*: k8s:enc:aescbc:v1; some were read as they are, and may have been written again since/,
  )
})

test.each([
  [403, 'this user may not get /metrics'],
  [404, 'it answers 404 to /metrics'],
])('metrics that are answered by %i', async (status, why) => {
  const send = () => Promise.resolve({ status, body: {}, warnings: [] })
  expect(showRows([describeEncryption('dev', await readEncryption({ send }))])).toMatch(
    `cannot be seen Secrets in etcd: ${why} |`,
  )
})
