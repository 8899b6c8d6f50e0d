import { describe, expect, it } from 'vitest'
import { neighboursAmong } from './made.ts'
import { listMade } from './resources.ts'

/** Of each Secret that is made: its name, its keys and its labels. */
function secretsOf(apiVersion: string, kind: string, spec: object, labels: object = {}) {
  const object = { apiVersion, kind, metadata: { name: 'login', namespace: 'banking', labels }, spec }
  return listMade(object, neighboursAmong([])).map(({ metadata, ...more }) => ({
    name: metadata.name,
    keys: Object.keys(more['data'] as object),
    labels: metadata.labels,
  }))
}

// ApplyTemplate of v2.9.0, compiled from its tag, answered the same to each case but the last, whose template is elsewhere;
// the label of what it manages is its caller's (externalsecret_controller.go:506).
describe('External Secrets makes', () => {
  const data = [{ secretKey: 'password' }, { secretKey: 'username' }]
  const managed = { 'reconcile.external-secrets.io/managed': 'true' }

  it.each([
    [
      'what is read, labelled as the ExternalSecret',
      { data },
      { name: 'login', keys: ['password', 'username'], labels: { app: 'a', ...managed } },
    ],
    [
      'what a template says instead, labelled as it says',
      {
        data,
        target: { name: 'file', template: { data: { config: '' }, metadata: { labels: { app: 'b' } } } },
      },
      { name: 'file', keys: ['config'], labels: { app: 'b', ...managed } },
    ],
    [
      'both, where the template merges',
      { data, target: { template: { mergePolicy: 'Merge', data: { config: '', password: '' } } } },
      { name: 'login', keys: ['password', 'username', 'config'], labels: managed },
    ],
    [
      'what is read, where a template has labels alone',
      { data, target: { template: { metadata: { labels: { app: 'b' } } } } },
      { name: 'login', keys: ['password', 'username'], labels: { app: 'b', ...managed } },
    ],
    [
      'nothing of what is read, where templates are elsewhere',
      { data, target: { template: { templateFrom: [{ configMap: {} }] } } },
      { name: 'login', keys: [], labels: managed },
    ],
  ])('%s', (_, spec, expected) => {
    expect(secretsOf('external-secrets.io/v1', 'ExternalSecret', spec, { app: 'a' })).toEqual([expected])
  })

  it.each(['Merge', 'None'])('no Secret where the policy is %s', (creationPolicy) => {
    expect(
      secretsOf('external-secrets.io/v1', 'ExternalSecret', { data, target: { creationPolicy } }),
    ).toEqual([])
  })
})

// Asked of SecretsManager.UpdateData of v1.21.2, which answered the same to each case.
describe('cert-manager makes', () => {
  const own = { 'controller.cert-manager.io/fao': 'true' }

  it.each([
    [{}, ['ca.crt', 'tls.crt', 'tls.key'], own],
    [
      { additionalOutputFormats: [{ type: 'CombinedPEM' }, { type: 'DER' }] },
      ['ca.crt', 'tls.crt', 'tls.key', 'tls-combined.pem', 'key.der'],
      own,
    ],
    [
      {
        keystores: { jks: { create: true }, pkcs12: { create: false } },
        secretTemplate: { labels: { app: 'a' } },
      },
      ['ca.crt', 'tls.crt', 'tls.key', 'keystore.jks', 'truststore.jks'],
      { app: 'a', ...own },
    ],
  ])('of %j a Secret', (spec, keys, labels) => {
    expect(secretsOf('cert-manager.io/v1', 'Certificate', { secretName: 'tls', ...spec })).toEqual([
      { name: 'tls', keys, labels },
    ])
  })

  it('nothing where no Secret is named', () => {
    expect(secretsOf('cert-manager.io/v1', 'Certificate', {})).toEqual([])
  })
})
