import { textAt } from '../read-value.ts'
import { secret } from './made.ts'
import type { PartKind } from './part.ts'

/** cert-manager 1.21 writes a Certificate's key and chain into the Secret that it names. */
export const certManager = {
  makes: {
    'cert-manager.io/Certificate': (certificate) => {
      const name = textAt(certificate, 'spec', 'secretName')
      const { namespace = 'default' } = certificate.metadata
      return name === undefined
        ? []
        : [secret(name, { namespace, labels: {} }, ['ca.crt', 'tls.crt', 'tls.key'])]
    },
  },
} satisfies Pick<PartKind, 'makes'>
