import { randomBytes } from 'node:crypto'

/** Of secretbox: XSalsa20 with Poly1305. */
const KEY_BYTES = 32

/**
 * An EncryptionConfiguration with a new key: Secrets are written encrypted, and what was written before is still read.
 * JSON, which the API server takes as well as YAML. `aescbc` would not notice a changed ciphertext.
 */
export function encryptionConfiguration(): string {
  return JSON.stringify({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [
      {
        resources: ['secrets'],
        providers: [
          { secretbox: { keys: [{ name: 'first', secret: randomBytes(KEY_BYTES).toString('base64') }] } },
          { identity: {} },
        ],
      },
    ],
  })
}
