import { entriesAt, itemsAt, textAt, valueAt } from '../read-value.ts'
import type { Labels } from './end.ts'
import { secret } from './made.ts'
import type { PartKind } from './part.ts'

/** What other formats are called in the Secret: pkg/apis/certmanager/v1/types_certificate.go. */
const FORMATS: Readonly<Record<string, string>> = { DER: 'key.der', CombinedPEM: 'tls-combined.pem' }
const KEYSTORES = { jks: 'jks', pkcs12: 'p12' }

/**
 * cert-manager 1.21 writes a Certificate's key and chain into the Secret that it names, and `ca.crt` as every issuer of ours
 * says its own: setValues of pkg/controller/certificates/issuing/internal/secret.go.
 */
export const certManager = {
  makes: {
    'cert-manager.io/Certificate': (certificate) => {
      const { spec, metadata } = certificate
      const name = textAt(spec, 'secretName')
      if (name === undefined) return []
      const formats = itemsAt(spec, 'additionalOutputFormats').flatMap(
        (format) => FORMATS[textAt(format, 'type') ?? ''] ?? [],
      )
      const stores = Object.entries(KEYSTORES).flatMap(([kind, ending]) =>
        valueAt(spec, 'keystores', kind, 'create') === true
          ? [`keystore.${ending}`, `truststore.${ending}`]
          : [],
      )
      const labels = Object.fromEntries(entriesAt(spec, 'secretTemplate', 'labels')) as Labels
      const frame = {
        namespace: metadata.namespace ?? 'default',
        labels: { ...labels, 'controller.cert-manager.io/fao': 'true' },
      }
      return [secret(name, frame, ['ca.crt', 'tls.crt', 'tls.key', ...formats, ...stores])]
    },
  },
} satisfies Pick<PartKind, 'makes'>
